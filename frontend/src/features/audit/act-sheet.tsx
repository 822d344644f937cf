import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Fact, Facts, Moment } from "@/components/figures";
import { withDays } from "@/lib/dates";
import { said } from "@/lib/said";
import type { Act } from "./audit";

interface ActSheetProps {
  act: Act;
  onClose: () => void;
  /** Narrows the list to acts that share something with this one. */
  onNarrow: (patch: { actor?: string; action?: string; subject?: string }) => void;
}

/** One act: when, who, why, on what, and each field before and after. */
export function ActSheet({ act, onClose, onNarrow }: ActSheetProps): ReactElement {
  const subject = act.subject_id;
  const names = [...new Set([...Object.keys(act.before ?? {}), ...Object.keys(act.after ?? {})])];
  return (
    <Dialog title={act.action} isOpen onClose={onClose} wide>
      <div className="body">
        <Facts>
          <Fact label="When">
            <Moment at={act.at} />
          </Fact>
          <Fact label="Who">{act.actor_name}</Fact>
          <Fact label="Of what">{subject ? <Subject id={subject} /> : "–"}</Fact>
          <Fact label="Why">{act.reason ?? "–"}</Fact>
        </Facts>
        {names.length > 0 ? (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>Field</th>
                  <th>Before</th>
                  <th>After</th>
                </tr>
              </thead>
              <tbody>
                {names.map((name) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <td className="muted">{said(act.before?.[name])}</td>
                    <td>{said(act.after?.[name])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </div>
      <footer>
        {subject ? (
          <Button onPress={() => onNarrow({ subject })}>All on the same thing</Button>
        ) : null}
        <Button onPress={() => onNarrow({ action: act.action })}>All of this kind</Button>
        <Button onPress={() => onNarrow({ actor: act.actor_id })}>All by {act.actor_name}</Button>
      </footer>
    </Dialog>
  );
}

/** What an act was done to by its name, linked to its page; its id where nothing bears a name. */
function Subject({ id }: { id: string }): ReactElement {
  const query = api.useQuery(
    "get",
    "/api/v1/audit-subjects/{subject_id}",
    { params: { path: { subject_id: id } } },
    { retry: false },
  );
  if (query.data) {
    const { path } = query.data;
    const name = withDays(query.data.name);
    return path ? <Link to={path}>{name}</Link> : <span>{name}</span>;
  }
  return <span className="mono small">{query.error ? id : " "}</span>;
}
