import { Link } from "@tanstack/react-router";
import { FilePlus2, Pencil, Printer, Send, ShieldCheck, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { client, type Schema, seen } from "@/api/client";
import { useForget, useMay, useSession } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";
import { NewDraft } from "./new-draft";

type Act = "propose" | "return" | "approve";

/** What may be done with a version: propose a draft; approve or return it, by another person. */
export function VersionActs({ version }: { version: Schema<"VersionOut"> }): ReactElement {
  const [act, setAct] = useState<Act | null>(null);
  const [isDrafting, setDrafting] = useState(false);
  const { user } = useSession();
  const mayWrite = useMay("tariffs:write");
  const mayApprove = useMay("tariffs:approve");
  const isOwn = version.drafted_by === user.id;
  return (
    <>
      <Button onPress={() => window.print()}>
        <Printer aria-hidden /> Print
      </Button>
      {mayWrite && version.state === "approved" ? (
        <Button onPress={() => setDrafting(true)}>
          <FilePlus2 aria-hidden /> New draft
        </Button>
      ) : null}
      {mayWrite && version.state === "draft" ? (
        <Link
          className="btn"
          to="/tariffs/versions/$versionId/edit"
          params={{ versionId: version.id }}
        >
          <Pencil aria-hidden /> Edit
        </Link>
      ) : null}
      {isDrafting ? <NewDraft version={version} onClose={() => setDrafting(false)} /> : null}
      {mayWrite && version.state === "draft" ? (
        <Button variant="primary" onPress={() => setAct("propose")}>
          <Send aria-hidden /> Propose
        </Button>
      ) : null}
      {version.state === "proposed" && isOwn ? (
        <span className="muted small">You drafted this: another person approves it.</span>
      ) : null}
      {mayApprove && version.state === "proposed" ? (
        <Button onPress={() => setAct("return")}>
          <Undo2 aria-hidden /> Return
        </Button>
      ) : null}
      {mayApprove && version.state === "proposed" && !isOwn ? (
        <Button variant="primary" onPress={() => setAct("approve")}>
          <ShieldCheck aria-hidden /> Approve
        </Button>
      ) : null}
      {act ? <VersionAct act={act} version={version} onClose={() => setAct(null)} /> : null}
    </>
  );
}

interface VersionActProps {
  act: Act;
  version: Schema<"VersionOut">;
  onClose: () => void;
}

function VersionAct({ act, version, onClose }: VersionActProps): ReactElement {
  const forget = useForget();
  const header = seen(`/api/v1/tariff-versions/${version.id}`);
  const params = { path: { version_id: version.id }, header };
  const done = async (text: string) => {
    await forget(
      "/api/v1/tariffs",
      "/api/v1/tariff-versions",
      "/api/v1/tariff-versions/{version_id}",
    );
    toast(text);
  };
  const what = `${version.code}, effective ${formatDay(version.effective_on)}`;
  if (act === "propose") {
    return (
      <ActDialog
        title="Propose the draft"
        button="Propose"
        onClose={onClose}
        onAct={() =>
          client
            .POST("/api/v1/tariff-versions/{version_id}/propose", { params })
            .then(() => done("Proposed"))
        }
      >
        <p>{what}. It can no longer be edited unless it is returned.</p>
      </ActDialog>
    );
  }
  if (act === "return") {
    return (
      <ActDialog
        title="Return the draft"
        button="Return it"
        reason={{ label: "What should change?", min: 5 }}
        onClose={onClose}
        onAct={(reason) =>
          client
            .POST("/api/v1/tariff-versions/{version_id}/return", { params, body: { reason } })
            .then(() => done("Returned"))
        }
      />
    );
  }
  return (
    <ActDialog
      title="Approve the version"
      button="Approve"
      onClose={onClose}
      onAct={() =>
        client
          .POST("/api/v1/tariff-versions/{version_id}/approve", { params })
          .then(() => done("Approved"))
      }
    >
      <p>{what}. From that day on it prices every bill of this rate; it is never edited again.</p>
    </ActDialog>
  );
}
