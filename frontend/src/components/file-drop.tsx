import { FileUp } from "lucide-react";
import type { ReactElement } from "react";
import { Button, DropZone, FileTrigger, isFileDropItem } from "react-aria-components";

interface FileDropProps {
  label: string;
  help: string;
  onFile: (file: File) => void;
  file: File | null;
}

/** One file, dropped or chosen; the button is the keyboard's way. */
export function FileDrop({ label, help, onFile, file }: FileDropProps): ReactElement {
  return (
    <DropZone
      className="drop"
      aria-label={label}
      onDrop={(event) => {
        const dropped = event.items.find(isFileDropItem);
        if (dropped) void dropped.getFile().then(onFile);
      }}
    >
      <FileUp aria-hidden />
      {file ? (
        <strong>
          {file.name} <span className="muted">{formatBytes(file.size)}</span>
        </strong>
      ) : (
        <span>{help}</span>
      )}
      <FileTrigger
        onSelect={(files) => {
          const chosen = files?.item(0);
          if (chosen) onFile(chosen);
        }}
      >
        <Button className="btn">{file ? "Choose another file" : label}</Button>
      </FileTrigger>
    </DropZone>
  );
}

/** `12,345` bytes → `12 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
