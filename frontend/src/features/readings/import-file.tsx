import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useForget } from "@/api/session";
import { ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { FileDrop } from "@/components/file-drop";
import { Pick } from "@/components/form/pick";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { plural } from "@/lib/units";
import { words } from "@/lib/words";
import { Faults, Sample } from "./preview";
import { importFile, previewFile } from "./uploads";

interface Setting {
  title: string;
  choices: string[];
  default: string;
}

/** A file is shown as the layout understands it before anything is stored. */
export function ImportFile({ onClose }: { onClose: () => void }): ReactElement {
  const layouts = api.useQuery("get", "/api/v1/read-layouts");
  const [layout, setLayout] = useState<string | null>(null);
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [file, setFile] = useState<{ id: string; file: File } | null>(null);
  const [preview, setPreview] = useState<Schema<"PreviewOut"> | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const forget = useForget();
  const router = useRouter();
  const chosen = layouts.data?.find((one) => one.name === layout);
  const asked = (chosen?.settings ?? {}) as Record<string, Setting>;

  async function run(act: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  function look(next: { layout?: string; file?: File; settings?: Record<string, string> }): void {
    const name = next.layout ?? layout;
    const content = next.file ?? file?.file;
    setPreview(null);
    if (!name || !content) return;
    const choice = { layout: name, settings: next.settings ?? settings, file: content };
    void run(async () => setPreview(await previewFile(choice)));
  }
  const save = () =>
    run(async () => {
      if (!layout || !file) return;
      const done = await importFile(file.id, { layout, settings, file: file.file });
      await forget("/api/v1/read-imports", "/api/v1/read-reviews", "/api/v1/read-reviews/progress");
      toast(
        done.job_id ? "The file is being imported" : `${plural(done.reads_added, "read")} added`,
      );
      router.history.push(`/imports/${done.id}`);
    });

  return (
    <Dialog title="Import a read file" isOpen onClose={onClose} wide>
      <div className="body">
        {asProblem(problem).errors.length > 8 ? null : <ProblemBanner error={problem} />}
        <div className="form-grid">
          <Pick
            label="Layout"
            isDisabled={!layouts.data}
            value={layout}
            options={(layouts.data ?? [])
              .filter((one) => one.reads)
              .map((one) => [one.name, one.title])}
            onChange={(name) => {
              setLayout(name);
              setSettings({});
              look({ layout: name, settings: {} });
            }}
          />
          {Object.entries(asked).map(([name, setting]) => (
            <Pick
              key={name}
              label={setting.title}
              value={settings[name] ?? setting.default}
              options={setting.choices.map((choice) => [choice, words(choice)])}
              onChange={(value) => {
                const next = { ...settings, [name]: value };
                setSettings(next);
                look({ settings: next });
              }}
            />
          ))}
        </div>
        <FileDrop
          label="Choose a read file"
          help="The file as the reading system wrote it."
          file={file?.file ?? null}
          onFile={(one) => {
            setFile({ id: uuid7(), file: one });
            look({ file: one });
          }}
        />
        {preview ? <Sample preview={preview} /> : null}
        {preview && preview.errors.length > 0 ? <Faults faults={preview.errors} /> : null}
      </div>
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          variant="primary"
          isDisabled={!preview || preview.errors.length > 0}
          isBusy={isBusy}
          onPress={() => void save()}
        >
          {preview ? `Import ${plural(preview.reads, "read")}` : "Import"}
        </Button>
      </footer>
    </Dialog>
  );
}
