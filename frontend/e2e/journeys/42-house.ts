import { Api } from "../api.ts";
import { journey } from "../journey.ts";

/** Two at a time work them off, in about ten seconds: time enough to stop the last one. */
const JOBS = 70;

journey(
  "a job that waits is cancelled, with its effect said first, and tried again",
  async (desk, office) => {
    const { page } = desk;
    await desk.signIn(office.supervisor, "/jobs");
    await page.getByRole("gridcell").first().waitFor();
    const api = await Api.signIn(office);
    const { items: versions } = await api.get("/tariff-versions?state=approved&limit=1");
    const asked = { version_ids: [versions[0].id], from_on: "2025-01-01", to_on: "2026-11-01" };
    await Promise.all(Array.from({ length: JOBS }, () => api.post("/re-rates", asked)));
    const { job_id: last } = await api.post("/re-rates", { ...asked, from_on: "2025-01-02" });
    await page.getByRole("region", { name: "Running now" }).waitFor();
    await page.goto(`/jobs/${last}`);
    await page.getByText("Queued", { exact: true }).waitFor();
    await page.getByRole("main").press("x");
    const sheet = page.getByRole("dialog", { name: "Cancel the job" });
    await sheet.getByText("It never starts").waitFor();
    await sheet.getByLabel("Why").fill("asked for too often");
    await page.keyboard.press("Enter");
    await page.getByText("Cancelled", { exact: true }).waitFor();
    await desk.show("job-cancelled");
    await page.getByText("Nothing had been done.").waitFor();

    await page.getByRole("main").press("r");
    const again = page.getByRole("dialog", { name: "Try again" });
    await again.getByText("Ada Byron").waitFor();
    await again.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Tries again").waitFor();
    await page.getByText("Done", { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByRole("region", { name: "What came of it" }).waitFor();
    await page.getByRole("link", { name: "An earlier job" }).click();
    await page.getByRole("link", { name: "A later job" }).waitFor();
    await page.getByRole("link", { name: "Jobs" }).last().click();
    await page
      .getByRole("gridcell", { name: "Price a period under other rates" })
      .first()
      .waitFor();
    await desk.show("jobs");
    await api.close();
  },
);

journey("the ledger is proved from the health page", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.supervisor, "/jobs");
  await page.getByRole("gridcell").first().waitFor();
  await page.getByRole("main").press("g");
  await page.keyboard.press(".");
  await page.getByRole("heading", { name: "Health", level: 1 }).waitFor();
  await page.getByText(/No backup by/).waitFor();
  await page.getByRole("button", { name: "Verify now" }).click();
  await page.getByText("The ledger holds").waitFor({ timeout: 60_000 });
  await page.getByText("Everything holds").waitFor();
  await page.getByText(/control account/).waitFor();
  await desk.show("health");
  await page
    .getByRole("region", { name: "Proof of the ledger" })
    .getByRole("link", { name: "Open" })
    .click();
  await page.getByRole("heading", { name: "Prove the ledger" }).waitFor();
  await page.getByText("Sam Ortega").waitFor();
});
