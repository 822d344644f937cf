import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { z } from "zod";
import { signIn } from "@/api/session";
import { Button } from "@/components/button";
import { TextField } from "@/components/form/fields";
import { Form, useAppForm } from "@/components/form/form";
import { DepthLines, Mark } from "@/shell/mark";

const credentials = z.object({
  email: z.string().trim().min(1, "Type your e-mail address"),
  password: z.string().min(1, "Type your password"),
});

const route = getRouteApi("/sign-in");

/** The door. After it, the page that was asked for. */
export function SignIn(): ReactElement {
  const cache = useQueryClient();
  const router = useRouter();
  const { to } = route.useSearch();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: credentials,
    defaults: { email: "", password: "" },
    onSubmit: async (values) => {
      await signIn(cache, values);
      router.history.push(to ?? "/");
    },
  });
  return (
    <main className="door">
      <div className="door-form">
        <Mark />
        <div>
          <h1>Curbstop</h1>
          <p className="muted">The billing office of a water and sewer district.</p>
        </div>
        <Form label="Sign in" problem={problem} onSubmit={submit}>
          <TextField
            control={form.control}
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus
          />
          <TextField
            control={form.control}
            name="password"
            label="Password"
            type="password"
            autoComplete="current-password"
          />
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Sign in
          </Button>
        </Form>
      </div>
      <div className="door-water" aria-hidden="true">
        <DepthLines />
      </div>
    </main>
  );
}
