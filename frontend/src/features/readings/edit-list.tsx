import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useMay, useSession } from "@/api/session";
import { DataGrid, type Selection } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { toast } from "@/components/toast";
import { plural } from "@/lib/units";
import { ACTS, type Act } from "./acts";
import { Bulk, BY_ID_MAX } from "./bulk";
import { COLUMNS, PROPOSAL_COLUMNS, type Review } from "./columns";
import { type Choice, nameOf, useDeciding } from "./deciding";
import { Evidence } from "./evidence";
import { Progress, RuleTabs, SECOND } from "./progress";

const route = getRouteApi("/app/edit-list");

const only = ({ id }: Review): Choice => ({ ids: [id], excluded_ids: [] });

/** The edit list: each doubtful read with its evidence, decided by one key. */
export function EditList(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useSession().user.id;
  const mayReview = useMay("readings:review");
  const mayApprove = useMay("readings:approve");
  const [active, setActive] = useState<Review | null>(null);
  const { ask, dialog } = useDeciding();
  const isSecond = search.rule === SECOND;
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filters = {
    rule: isSecond ? undefined : (search.rule as Review["rule"] | undefined),
    state: isSecond ? ("proposed" as const) : undefined,
    import_id: search.import,
    undecided: search.all ? undefined : true,
    walk: search.walk,
  };

  const choiceOf = (selection: Selection): Choice =>
    selection.all
      ? { ids: [], matching: { ...filters, q: search.q }, excluded_ids: [...selection.ids] }
      : { ids: [...selection.ids], excluded_ids: [] };
  const decide = (act: Act, row: Review) => {
    if (!mayReview) toast("Your role does not decide exceptions");
    else ask({ what: "act", act, choice: only(row), count: 1, text: nameOf(row) });
  };
  const approve = (row: Review) => {
    if (!mayApprove) toast("Your role does not approve what others proposed");
    else if (row.decided_by === me) toast("You proposed this yourself: another person approves");
    else ask({ what: "approve", choice: only(row), count: 1, review: row });
  };
  const match = (row: Review) => {
    if (!mayReview) toast("Your role does not decide exceptions");
    else if (row.rule !== "unknown_meter" || row.value === null)
      toast("Only a line with a reading and without a meter is matched");
    else ask({ what: "match", review: row });
  };
  const acts = ACTS.filter(({ act }) => !(isSecond && act === "accept"));
  const keys = [
    ...(isSecond ? [{ key: "Enter", label: "Approve what was proposed", act: approve }] : []),
    ...acts.map(({ act, key, label }) => ({
      key,
      label,
      act: (row: Review) => decide(act, row),
    })),
    { key: "m", label: "Match an unknown line to a meter", act: match },
  ];

  return (
    <div className="page full">
      <PageHead
        title="Edit list"
        subtitle={<Progress importId={search.import} walk={search.walk} />}
      >
        <Link className="btn" to="/re-reads">
          Re-read list
        </Link>
      </PageHead>
      <RuleTabs importId={search.import} walk={search.walk} current={search.rule ?? ""} />
      <div className="split">
        <DataGrid
          key={isSecond ? SECOND : "rules"}
          name={isSecond ? "edit-list-second" : "edit-list-rows"}
          label={isSecond ? "Decisions for a second person" : "Exceptions of reads"}
          noun={["exception", "exceptions"]}
          path="/api/v1/read-reviews"
          columns={isSecond ? PROPOSAL_COLUMNS : COLUMNS}
          filters={filters}
          q={search.q}
          sort={search.sort}
          onSearch={change}
          onClear={() => change({ q: undefined, rule: undefined, all: true })}
          onActive={setActive}
          keys={keys}
          isFaded={(row) => isSecond && row.decided_by === me}
          isFiltered={Boolean(
            search.q || (search.rule && !isSecond) || search.import || search.walk,
          )}
          bulk={(selection, count, clear) => (
            <Bulk
              acts={acts}
              isTooMany={!selection.all && count > BY_ID_MAX}
              onAct={(act) =>
                ask({
                  what: "act",
                  act,
                  choice: choiceOf(selection),
                  count,
                  text: plural(count, "exception"),
                  onDone: clear,
                })
              }
              onApprove={() =>
                ask({
                  what: "approve",
                  choice: choiceOf(selection),
                  count,
                  review: null,
                  onDone: clear,
                })
              }
            />
          )}
          empty={
            isSecond ? (
              <Empty title="Nothing waits for a second person">
                An accepted read far above the usual is proposed by one person and approved here by
                another.
              </Empty>
            ) : (
              <Empty title="Nothing to decide">Every read that came in is clear.</Empty>
            )
          }
        />
        <Evidence review={active} onMatch={mayReview ? match : null} />
      </div>
      {dialog}
    </div>
  );
}
