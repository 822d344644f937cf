import { render } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { type Job, useWhenEnded } from "./jobs";

const job = (id: string, state: Job["state"]) => ({ id, state }) as Job;

function Watch({ job, act }: { job: Job | null | undefined; act: (job: Job) => void }) {
  useWhenEnded(job, act);
  return null;
}

function watched(...looks: (Job | null | undefined)[]): string[] {
  const act = vi.fn<(job: Job) => void>();
  const [first, ...rest] = looks;
  const { rerender } = render(<Watch job={first} act={act} />);
  for (const look of rest) rerender(<Watch job={look} act={act} />);
  return act.mock.calls.map(([ended]) => ended.id);
}

test("a job that was seen running is told once when it ends", () => {
  expect(watched(undefined, job("a", "running"), job("a", "done"), job("a", "done"))).toEqual([
    "a",
  ]);
});

test("a job too quick to be seen running is told too", () => {
  expect(watched(undefined, null, undefined, job("a", "done"))).toEqual(["a"]);
  expect(watched(job("a", "done"), undefined, job("b", "failed"))).toEqual(["b"]);
});

test("what had ended before the page opened is no news", () => {
  expect(watched(undefined, job("a", "done"), job("a", "done"))).toEqual([]);
});
