import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { FileDrop } from "@/components/file-drop";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { plural } from "@/lib/units";

/** A tariff file becomes drafts; its worked examples are run before anything is kept. */
export function ImportTariff({ onClose }: { onClose: () => void }): ReactElement {
  const forget = useForget();
  const router = useRouter();
  const [file, setFile] = useState<{ id: string; file: File } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  async function save(): Promise<void> {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    try {
      const content = await file.file.text();
      const { data } = await client.POST("/api/v1/tariffs", { body: { id: file.id, content } });
      await forget("/api/v1/tariffs", "/api/v1/tariff-versions");
      // Versions that are known already come back as they stand.
      const drafts = data?.filter(({ state }) => state === "draft") ?? [];
      toast(`${plural(drafts.length, "draft")} made`);
      onClose();
      const draft = drafts.at(-1);
      if (draft) router.history.push(`/tariffs/${draft.tariff_id}?version=${draft.id}`);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog title="Import a tariff file" isOpen onClose={onClose}>
      <div className="body">
        <ProblemBanner error={problem} />
        <FileDrop
          label="Choose a tariff file"
          help="A YAML file, as the guide to tariffs describes it."
          file={file?.file ?? null}
          onFile={(chosen) => setFile({ id: uuid7(), file: chosen })}
        />
      </div>
      <footer>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          variant="primary"
          isDisabled={file === null}
          isBusy={isBusy}
          onPress={() => void save()}
        >
          Make drafts
        </Button>
      </footer>
    </Dialog>
  );
}
