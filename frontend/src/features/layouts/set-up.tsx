import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { api } from "@/api/client";
import { useMay } from "@/api/session";
import { Banner, ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { FileDrop } from "@/components/file-drop";
import { FileText } from "@/components/file-text";
import { Pick } from "@/components/form/pick";
import { PageHead, Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { uuid7 } from "@/lib/ids";
import { words } from "@/lib/words";
import { Save } from "./save";
import { START_NAMES, STARTS, type Start } from "./starts";
import { type Sample, type Trial, useTrial } from "./trial";
import { LayoutFaults, Understood } from "./understood";

const route = getRouteApi("/app/set-up-layout");
const TEXT_ROWS = 30;
const ALL_STARTS = new Set<string>(Object.values(STARTS));

interface Setting {
  title: string;
  choices: string[];
  default: string;
}

/** A vendor's layout is written, tried on a sample of its file, and only then saved. */
export function SetUpLayout(): ReactElement {
  const { from } = route.useSearch();
  const query = api.useQuery(
    "get",
    "/api/v1/read-layouts/{name}",
    { params: { path: { name: from ?? "" } } },
    { enabled: from !== undefined },
  );
  return (
    <div className="page">
      <PageHead
        title="Set up a layout"
        crumbs={<Link to="/read-layouts">Read layouts</Link>}
        subtitle="Write how the vendor's file is read, and try it on a sample. Nothing is stored until you add it."
      />
      {from === undefined ? (
        <Workbench start={STARTS.columns} />
      ) : (
        <Shown query={query} lines={12}>
          {(page) => <Workbench key={page.name} start={page.body} />}
        </Shown>
      )}
    </div>
  );
}

function Workbench({ start }: { start: string }): ReactElement {
  const [text, setText] = useState(start);
  const [settings, setSettings] = useState<Record<string, string>>({});
  const [sample, setSample] = useState<Sample | null>(null);
  const [isSaving, setSaving] = useState(false);
  const trial = useTrial(text, settings, sample);
  const mayAdd = useMay("readings:approve");
  const found = trial.data;
  const mistakes = found?.layout_faults ?? [];
  return (
    <>
      <div className="columns">
        <Section
          title="Layout"
          actions={
            <TextFile onText={setText} isUntouched={text === start || ALL_STARTS.has(text)} />
          }
        >
          <FileText
            label="Text of the layout"
            text={text}
            wrong={mistakes.map(({ line }) => line)}
            onChange={setText}
            rowsMax={TEXT_ROWS}
          />
        </Section>
        <Section title="Sample">
          <div className="stack">
            <FileDrop
              label="Choose a sample file"
              help="A file as the vendor's system wrote it."
              file={sample?.file ?? null}
              onFile={(file) => setSample({ id: uuid7(), file })}
            />
            <Settings trial={found} settings={settings} onChange={setSettings} />
            <ProblemBanner error={trial.error} />
            <div aria-live="polite">
              <LayoutFaults faults={mistakes} />
              {found?.layout ? <Verdict trial={found} hasSample={sample !== null} /> : null}
            </div>
            {mayAdd ? (
              <Button
                variant="primary"
                isDisabled={!found?.layout || trial.isPlaceholderData}
                onPress={() => setSaving(true)}
              >
                {found?.in_use ? "Replace the layout" : "Add the layout"}
              </Button>
            ) : (
              <p className="help">A supervisor adds it.</p>
            )}
          </div>
        </Section>
      </div>
      {sample && found?.layout ? (
        <Section title="What it understands">
          <Understood trial={found} />
        </Section>
      ) : null}
      {isSaving && found?.layout ? (
        <Save
          text={text}
          trial={found}
          hasSample={sample !== null}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </>
  );
}

function Verdict({ trial, hasSample }: { trial: Trial; hasSample: boolean }): ReactElement {
  return (
    <Banner tone="ok" title={`The layout can be used: ${trial.layout?.title}`}>
      {hasSample ? null : <p>Choose a sample to see what it understands.</p>}
    </Banner>
  );
}

interface TextFileProps {
  onText: (text: string) => void;
  isUntouched: boolean;
}

/** The text from a file, or one of the three shapes to begin from while nothing was typed. */
function TextFile({ onText, isUntouched }: TextFileProps): ReactElement {
  return (
    <>
      {isUntouched ? (
        <Pick
          label="Begin with"
          hideLabel
          value={null}
          placeholder="Begin with"
          options={START_NAMES}
          onChange={(id) => onText(STARTS[id as Start])}
        />
      ) : null}
      <FileTrigger
        acceptedFileTypes={[".yaml", ".yml", "text/yaml"]}
        onSelect={(files) => void files?.item(0)?.text().then(onText)}
      >
        <Button small>Open a layout file</Button>
      </FileTrigger>
    </>
  );
}

interface SettingsProps {
  trial: Trial | undefined;
  settings: Record<string, string>;
  onChange: (settings: Record<string, string>) => void;
}

function Settings({ trial, settings, onChange }: SettingsProps): ReactElement | null {
  const asked = Object.entries((trial?.layout?.settings ?? {}) as Record<string, Setting>);
  if (asked.length === 0) return null;
  return (
    <div className="form-grid">
      {asked.map(([name, setting]) => (
        <Pick
          key={name}
          label={setting.title}
          value={settings[name] ?? setting.default}
          options={setting.choices.map((choice) => [choice, words(choice)])}
          onChange={(value) => onChange({ ...settings, [name]: value })}
        />
      ))}
    </div>
  );
}
