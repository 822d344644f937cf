/** A draft in the form and as file text, kept in step, with its worked examples run beside it. */

import { getRouteApi, Link, useBlocker, useNavigate } from "@tanstack/react-router";
import { Save } from "lucide-react";
import { type ReactElement, useMemo, useState } from "react";
import { api, client, type Schema, seen } from "@/api/client";
import { useForget } from "@/api/session";
import { ProblemBanner } from "@/components/banner";
import { Button, Choice } from "@/components/button";
import { FileText } from "@/components/file-text";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";
import { type Body, withValue } from "./body";
import { Examples } from "./examples";
import { DraftProvider } from "./fields";
import { DraftForm, Mistakes } from "./panes";
import { type Typed, useCheck } from "./use-check";

const route = getRouteApi("/app/tariffs/versions/$versionId/edit");

export function EditDraft(): ReactElement {
  const { versionId } = route.useParams();
  const version = api.useQuery("get", "/api/v1/tariff-versions/{version_id}", {
    params: { path: { version_id: versionId } },
  });
  const groups = api.useQuery("get", "/api/v1/charge-groups");
  return (
    <div className="page">
      <ShownPage query={version} lines={10}>
        {(found) => <Editor key={found.sha256} version={found} groups={groups.data ?? []} />}
      </ShownPage>
    </div>
  );
}

interface EditorProps {
  version: Schema<"VersionOut">;
  groups: readonly Schema<"ChargeGroupOut">[];
}

function Editor({ version, groups }: EditorProps): ReactElement {
  const [mode, setMode] = useState<"form" | "text">("form");
  const [body, setBody] = useState<Body>(version.body as Body);
  const [text, setText] = useState(version.yaml);
  const [isDirty, setDirty] = useState(false);
  // What is typed in one is what the other is made from: only the one that is open is asked about.
  const source = mode === "form" ? body : text;
  const typed = useMemo<Typed>(
    () => (typeof source === "string" ? { yaml: source } : { body: source }),
    [source],
  );
  const { checked, isBusy, error } = useCheck(version.id, typed, (answer) => {
    if (mode === "form" && answer.yaml) setText(answer.yaml);
    if (mode === "text" && answer.body) setBody(answer.body as Body);
  });
  const mistakes = checked?.mistakes ?? [];
  const { save, problem, isSaving } = useSave(version, body);
  useBlocker({
    shouldBlockFn: () => isDirty && !isSaving && !window.confirm("Leave without saving the draft?"),
    enableBeforeUnload: () => isDirty,
    disabled: !isDirty,
  });
  const set = (path: Parameters<typeof withValue>[1], value: Parameters<typeof withValue>[2]) => {
    setDirty(true);
    setBody((before) => withValue(before, path, value) as Body);
  };
  return (
    <DraftProvider value={{ body, mistakes, groups, set }}>
      <PageHead
        title={`Edit ${version.name_en}`}
        crumbs={
          <>
            <Link to="/tariffs">Tariffs</Link> ·{" "}
            <Link
              to="/tariffs/$tariffId"
              params={{ tariffId: version.tariff_id }}
              search={{ version: version.id }}
            >
              {version.code}, effective {formatDay(version.effective_on)}
            </Link>
          </>
        }
        state={<Pill state={version.state} />}
      >
        <Choice
          label="Edit as"
          value={mode}
          options={[
            ["form", "Form"],
            ["text", "File text"],
          ]}
          onChange={setMode}
        />
        <Button
          variant="primary"
          isBusy={isSaving}
          isDisabled={!isDirty || isBusy || mistakes.length > 0 || version.state !== "draft"}
          onPress={() => {
            setDirty(false);
            void save().then((isSaved) => setDirty(!isSaved));
          }}
        >
          <Save aria-hidden /> Save the draft
        </Button>
      </PageHead>
      <ProblemBanner error={problem ?? error} />
      <div className="columns draft">
        {mode === "form" ? (
          <DraftForm />
        ) : (
          <FileText
            text={text}
            wrong={mistakes.map(({ line }) => line)}
            onChange={(next) => {
              setDirty(true);
              setText(next);
            }}
          />
        )}
        <aside>
          <Mistakes mistakes={mistakes} isBusy={isBusy} />
          <Examples results={checked?.examples ?? []} isForm={mode === "form"} />
        </aside>
      </div>
    </DraftProvider>
  );
}

function useSave(version: Schema<"VersionOut">, body: Body) {
  const forget = useForget();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>(null);
  const [isSaving, setSaving] = useState(false);
  async function save(): Promise<boolean> {
    setSaving(true);
    setProblem(null);
    try {
      await client.PUT("/api/v1/tariff-versions/{version_id}", {
        params: {
          path: { version_id: version.id },
          header: seen(`/api/v1/tariff-versions/${version.id}`),
        },
        body: { body },
      });
      await forget("/api/v1/tariff-versions", "/api/v1/tariff-versions/{version_id}");
      toast("Draft saved");
      const to = { tariffId: version.tariff_id };
      await navigate({
        to: "/tariffs/$tariffId",
        params: to,
        search: { version: version.id },
        ignoreBlocker: true,
      });
      return true;
    } catch (error) {
      setProblem(error);
      return false;
    } finally {
      setSaving(false);
    }
  }
  return { save, problem, isSaving };
}
