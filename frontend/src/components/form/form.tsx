import { zodResolver } from "@hookform/resolvers/zod";
import { type KeyboardEvent, type ReactElement, type ReactNode, useState } from "react";
import { type DefaultValues, type FieldPath, type UseFormReturn, useForm } from "react-hook-form";
import { z } from "zod";
import { asProblem, placeErrors } from "@/api/problem";
import { ProblemBanner } from "../banner";
import { DraftNote, type FormDraft, useFormDraft } from "./draft";

// zod otherwise probes `new Function`, which the Content-Security-Policy forbids and reports.
z.config({ jitless: true });

type Schema = z.ZodType<Record<string, unknown>, Record<string, unknown>>;

export interface AppForm<S extends Schema> {
  form: UseFormReturn<z.input<S>, unknown, z.output<S>>;
  /** What could not be put beside a field. */
  problem: unknown;
  submit: () => void;
  isBusy: boolean;
  draft: FormDraft;
}

/**
 * A form whose schema reads what was typed. A refusal's pointers go to the fields they name, the
 * rest to a banner; a field that the API calls otherwise is named in `fields`.
 */
export function useAppForm<S extends Schema>(options: {
  schema: S;
  defaults: z.input<S>;
  onSubmit: (values: z.output<S>) => Promise<unknown>;
  /** API name → form name, where they differ. */
  fields?: Record<string, string>;
  /** Keeps what is typed under this name until it is sent; never for a form with a secret. */
  draft?: string;
}): AppForm<S> {
  const { schema, defaults, onSubmit, fields = {} } = options;
  const [problem, setProblem] = useState<unknown>(null);
  const form = useForm<z.input<S>, unknown, z.output<S>>({
    // biome-ignore lint/suspicious/noExplicitAny: the resolver's own types do not follow a generic schema
    resolver: zodResolver(schema as any) as any,
    defaultValues: defaults as DefaultValues<z.input<S>>,
    // Not on blur: a message that appears then moves the button away from under the pointer.
    mode: "onSubmit",
  });
  const draft = useFormDraft(form, options.draft);
  const submit = form.handleSubmit(async (values) => {
    setProblem(null);
    try {
      await onSubmit(values);
      draft.sent();
    } catch (error) {
      const names = [...Object.keys(defaults), ...Object.keys(fields)];
      const { placed, rest } = placeErrors(asProblem(error), names);
      for (const [name, message] of placed) {
        const path = (fields[name] ?? name) as FieldPath<z.input<S>>;
        form.setError(path, { type: "server", message }, { shouldFocus: true });
      }
      if (placed.size === 0 || rest.length > 0) setProblem(error);
    }
  });
  const isBusy = form.formState.isSubmitting;
  return { form, problem, isBusy, draft, submit: () => void (isBusy || submit()) };
}

interface ShellProps {
  label: string;
  className?: string;
  onSubmit: () => void;
  onKeyDown?: (event: KeyboardEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

interface FormProps extends ShellProps {
  problem: unknown;
  draft?: FormDraft;
}

interface DialogFormProps extends Omit<FormProps, "className" | "onKeyDown"> {
  /** Buttons. */
  footer: ReactNode;
}

/** A form on a page, its refusal and its draft first; Enter submits. */
export function Form({ problem, draft, children, ...shell }: FormProps): ReactElement {
  return (
    <Shell {...shell}>
      <Told problem={problem} draft={draft} />
      {children}
    </Shell>
  );
}

/** A form inside a dialog: its body, its refusal, its buttons; Enter submits. */
export function DialogForm(props: DialogFormProps): ReactElement {
  const { problem, draft, children, footer, ...shell } = props;
  return (
    <Shell {...shell}>
      <div className="dialog-body">
        <Told problem={problem} draft={draft} />
        {children}
      </div>
      <footer>{footer}</footer>
    </Shell>
  );
}

function Shell({ label, onSubmit, children, ...rest }: ShellProps): ReactElement {
  return (
    <form
      {...rest}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

interface ToldProps {
  problem: unknown;
  draft: FormDraft | undefined;
}

function Told({ problem, draft }: ToldProps): ReactElement {
  return (
    <>
      <ProblemBanner error={problem} />
      {draft ? <DraftNote draft={draft} /> : null}
    </>
  );
}
