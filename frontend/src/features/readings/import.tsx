import { getRouteApi, Link } from "@tanstack/react-router";
import { Download, ListChecks } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api } from "@/api/client";
import { hasEnded, useJob, useWhenEnded } from "@/api/jobs";
import { useForget } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Day, Fact, Facts, Figure, Figures, Moment } from "@/components/figures";
import { JobProgress } from "@/components/job-progress";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown, ShownPage } from "@/components/shown";
import { formatCount } from "@/lib/units";
import { Faults } from "./preview";
import type { ReadImport } from "./uploads";

const route = getRouteApi("/app/imports/$importId");
const LINES = 100;

/** One file: what became of it, why it was refused, and its lines as they came. */
export function Import(): ReactElement {
  const { importId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/read-imports/{import_id}", {
    params: { path: { import_id: importId } },
  });
  return (
    <div className="page">
      <ShownPage query={query}>{(one) => <ImportSheet one={one} />}</ShownPage>
    </div>
  );
}

function ImportSheet({ one }: { one: ReadImport }): ReactElement {
  const forget = useForget();
  const job = useJob(one.job_id);
  useWhenEnded(job, () => void forget("/api/v1/read-imports/{import_id}", "/api/v1/read-imports"));
  return (
    <>
      <PageHead
        title={one.file_name}
        crumbs={<Link to="/imports">Imports</Link>}
        state={<Pill state={one.state} />}
      >
        <a className="btn" href={`/api/v1/files/${one.file_id}`} download={one.file_name}>
          <Download aria-hidden /> As received
        </a>
        {one.exceptions > 0 ? (
          <Link className="btn primary" to="/edit-list" search={{ import: one.id }}>
            <ListChecks aria-hidden /> Edit list
          </Link>
        ) : null}
      </PageHead>
      {job && !hasEnded(job) ? <JobProgress job={job} what="Importing the file" /> : null}
      {one.first_import_id ? (
        <Banner tone="info" title="Its reads stood already">
          <Link to="/imports/$importId" params={{ importId: one.first_import_id }}>
            The import that had them first
          </Link>
        </Banner>
      ) : null}
      <Figures>
        <Figure label="Reads added" lead>
          {formatCount(one.reads_added)}
        </Figure>
        <Figure label="Lines">{formatCount(one.lines)}</Figure>
        <Figure label="Repeats">{formatCount(one.repeats)}</Figure>
        <Figure label="Could not be read">{formatCount(one.unread)}</Figure>
        <Figure label="Fit no meter">{formatCount(one.unmatched)}</Figure>
        <Figure label="Exceptions">{formatCount(one.exceptions)}</Figure>
      </Figures>
      <Facts>
        <Fact label="Layout">{one.layout}</Fact>
        <Fact label="Came in">
          <Moment at={one.created_at} />
        </Fact>
        <Fact label="Reads from">
          <Day on={one.first_read_on} />
        </Fact>
        <Fact label="to">
          <Day on={one.last_read_on} />
        </Fact>
        <Fact label="SHA-256">
          <span className="mono">{one.sha256}</span>
        </Fact>
      </Facts>
      {one.errors.length > 0 ? <Faults faults={one.errors} /> : null}
      <RawLines importId={one.id} total={one.lines} />
    </>
  );
}

function RawLines({ importId, total }: { importId: string; total: number }): ReactElement {
  const [first, setFirst] = useState(1);
  const query = api.useQuery("get", "/api/v1/read-imports/{import_id}/lines", {
    params: { path: { import_id: importId }, query: { first, count: LINES } },
  });
  return (
    <Section
      title="Lines as they came"
      actions={
        <>
          <Button small isDisabled={first === 1} onPress={() => setFirst(first - LINES)}>
            Earlier
          </Button>
          <Button small isDisabled={first + LINES > total} onPress={() => setFirst(first + LINES)}>
            Later
          </Button>
        </>
      }
    >
      <Shown query={query}>
        {(lines) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by key
          <section className="raw" tabIndex={0} aria-label="Raw lines">
            {lines.map((line) => (
              <div key={line.line}>
                <span className="muted">{line.line}</span>
                <code>{line.raw}</code>
              </div>
            ))}
          </section>
        )}
      </Shown>
    </Section>
  );
}
