import { type ReactElement, useRef } from "react";

const ROWS_MIN = 20;
const ROWS_MAX = 60;

interface FileTextProps {
  text: string;
  /** The lines that cannot stand as they are, from 1. */
  wrong: readonly (number | null)[];
  onChange: (text: string) => void;
  label?: string;
  rowsMax?: number;
}

/** A file's text with the numbers of its lines; a wrong line is marked in the margin. */
export function FileText(props: FileTextProps): ReactElement {
  const { text, onChange, label = "File text", rowsMax = ROWS_MAX } = props;
  const margin = useRef<HTMLOListElement>(null);
  const wrong = new Set(props.wrong);
  const count = text.split("\n").length;
  return (
    <div className="file-text">
      <ol ref={margin} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <li key={index} data-wrong={wrong.has(index + 1) || undefined}>
            {index + 1}
          </li>
        ))}
      </ol>
      <textarea
        aria-label={label}
        aria-invalid={wrong.size > 0}
        spellCheck={false}
        wrap="off"
        rows={Math.min(Math.max(count + 1, ROWS_MIN), rowsMax)}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (margin.current) margin.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
