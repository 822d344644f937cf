/** What goes with a read or a skip: a note and a photo. The photo is kept as soon as it is chosen. */

import { Camera } from "lucide-react";
import { type KeyboardEvent, type ReactElement, type RefObject, useState } from "react";
import { useMay } from "@/api/session";
import { ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { uuid7 } from "@/lib/ids";
import type { Line, Typed } from "./hand-entry";
import { keepPhoto } from "./uploads";

interface PadBesideProps {
  line: Line;
  typed: Typed;
  note: RefObject<HTMLInputElement | null>;
  photo: RefObject<HTMLInputElement | null>;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  onType: (typed: Typed) => void;
}

export function PadBeside(props: PadBesideProps): ReactElement {
  const { line, typed, onType } = props;
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const maySee = useMay("files:read");
  const shown = typed.photo?.id ?? line.photo_id;

  async function keep(file: File): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const id = uuid7();
      await keepPhoto(id, file);
      onType({ ...typed, photo: { id, name: file.name } });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <div className="field">
        <label htmlFor="pad-note">Note</label>
        <input
          ref={props.note}
          id="pad-note"
          className="input"
          autoComplete="off"
          maxLength={150}
          value={typed.note ?? ""}
          placeholder={line.note}
          onKeyDown={props.onKeyDown}
          onChange={(event) => onType({ ...typed, note: event.target.value })}
        />
      </div>
      <div className="row">
        <input
          ref={props.photo}
          type="file"
          className="sr-only"
          aria-label="Photo of the register"
          tabIndex={-1}
          accept="image/jpeg,image/png,image/webp"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            if (file) void keep(file);
          }}
        />
        <Button small isBusy={isBusy} onPress={() => props.photo.current?.click()}>
          <Camera aria-hidden /> {shown ? "Another photo" : "Photo"}
        </Button>
        {typed.photo ? (
          <>
            <span className="truncate small">{typed.photo.name}</span>
            <Button small variant="quiet" onPress={() => onType({ ...typed, photo: null })}>
              Leave out
            </Button>
          </>
        ) : null}
      </div>
      {shown && maySee ? (
        <a className="photo" href={`/api/v1/files/${shown}`} download>
          <img src={`/api/v1/files/${shown}`} alt={`Register of meter ${line.meter_serial}`} />
        </a>
      ) : null}
      <ProblemBanner error={problem} />
    </>
  );
}
