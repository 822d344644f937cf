/** What the customer brought and the letters that the office sent. */

import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, type Schema, unsafeHeaders } from "@/api/client";
import { problemOf } from "@/api/problem";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Empty } from "@/components/empty";
import { Moment } from "@/components/figures";
import { FileDrop, formatBytes } from "@/components/file-drop";
import { DialogForm, TextField, useAppForm } from "@/components/form";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { words } from "@/lib/words";
import { TIMELINE_PATH } from "./kinds";

const LIST_PATH = "/api/v1/account-files";
const LIMIT = 200;

export function Papers({ accountId }: { accountId: string }): ReactElement {
  const query = api.useQuery("get", LIST_PATH, {
    params: { query: { account_id: accountId, limit: LIMIT } },
  });
  return (
    <Section title="Papers">
      <Shown query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No papers yet">
              An invoice, a lease or a certificate that the customer brings is kept here, and every
              letter. Other acts, Add a paper.
            </Empty>
          ) : (
            <PaperTable papers={items} />
          )
        }
      </Shown>
    </Section>
  );
}

function PaperTable({ papers }: { papers: Schema<"AccountFileOut">[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Paper</th>
          <th>Kind</th>
          <th>File</th>
          <th className="num">Size</th>
          <th>Kept by</th>
          <th>When</th>
        </tr>
      </thead>
      <tbody>
        {papers.map((paper) => (
          <tr key={paper.id}>
            <td>
              <a href={`/api/v1/files/${paper.id}`}>{paper.title}</a>
            </td>
            <td>{words(paper.kind)}</td>
            <td className="muted">{paper.name}</td>
            <td className="num">{formatBytes(paper.size_bytes)}</td>
            <td>{paper.filed_by_name}</td>
            <td>
              <Moment at={paper.filed_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

async function send(accountId: string, id: string, title: string, file: File): Promise<void> {
  const search = new URLSearchParams({ file_id: id, title, file_name: file.name });
  const response = await fetch(`/api/v1/accounts/${accountId}/files?${search}`, {
    method: "POST",
    headers: { ...unsafeHeaders(), "Content-Type": "application/octet-stream" },
    body: file,
  });
  if (!response.ok) throw await problemOf(response);
}

interface AddPaperProps {
  accountId: string;
  onClose: () => void;
}

export function AddPaper({ accountId, onClose }: AddPaperProps): ReactElement {
  const [id, setId] = useState(uuid7);
  const [file, setFile] = useState<File | null>(null);
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: z.object({ title: z.string().trim().min(1, "Say what it is").max(200) }),
    defaults: { title: "" },
    onSubmit: async ({ title }) => {
      if (!file) return;
      await send(accountId, id, title, file);
      await forget(LIST_PATH, TIMELINE_PATH);
      toast(`${title} is kept`);
      onClose();
    },
  });
  return (
    <Dialog title="Add a paper" isOpen onClose={onClose}>
      <DialogForm
        label="Add a paper"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy} isDisabled={!file}>
              Keep the paper
            </Button>
          </>
        }
      >
        <FileDrop
          label="Choose a file"
          help="PDF, picture or text, at most 10 MB"
          file={file}
          onFile={(chosen) => {
            // Other bytes are another paper: the id of a refused one is not used again.
            setId(uuid7());
            setFile(chosen);
          }}
        />
        <TextField control={form.control} name="title" label="What it is" />
      </DialogForm>
    </Dialog>
  );
}
