import { Ban, KeyRound } from "lucide-react";
import { type ReactElement, useState } from "react";
import { client as api } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Fact, Facts, Moment } from "@/components/figures";
import { toast } from "@/components/toast";
import { SecretSheet, type Shown } from "./secret";

interface SheetProps {
  client: RowOf<"/api/v1/api-clients">;
  onClose: () => void;
}

/** One client, and the two acts on it: another secret, or out at once. */
export function ClientSheet({ client, onClose }: SheetProps): ReactElement {
  const forget = useForget();
  const [act, setAct] = useState<"rotate" | "revoke" | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const params = { path: { client_id: client.id } };
  if (shown) return <SecretSheet shown={shown} onClose={onClose} />;
  if (act === "rotate") {
    return (
      <ActDialog
        title={`Another secret for ${client.name}`}
        button="Make another secret"
        isDangerous
        onClose={() => setAct(null)}
        onAct={async () => {
          const { data } = await api.POST("/api/v1/api-clients/{client_id}/secret", { params });
          if (data) setShown(data);
        }}
      >
        <p>The present secret and every token it fetched stop working at once.</p>
      </ActDialog>
    );
  }
  if (act === "revoke") {
    return (
      <ActDialog
        title={`Revoke ${client.name}`}
        button="Revoke the client"
        isDangerous
        onClose={onClose}
        onAct={async () => {
          await api.DELETE("/api/v1/api-clients/{client_id}", { params });
          await forget("/api/v1/api-clients");
          toast(`${client.name} is shut out`);
        }}
      >
        <p>Its next request is refused. A revoked client does not come back: make another.</p>
      </ActDialog>
    );
  }
  return (
    <Dialog title={client.name} isOpen onClose={onClose}>
      <div className="body">
        <Facts>
          <Fact label="client_id">
            <code>{client.id}</code>
          </Fact>
          <Fact label="Made">
            <Moment at={client.created_at} />
          </Fact>
          <Fact label="Last signed in">
            <Moment at={client.last_token_at} />
          </Fact>
          <Fact label="Revoked">
            <Moment at={client.disabled_at} />
          </Fact>
        </Facts>
        <p className="mono small">{client.scopes.join(", ")}</p>
      </div>
      <footer>
        <Button onPress={onClose}>Close</Button>
        {client.disabled_at ? null : (
          <>
            <Button onPress={() => setAct("rotate")}>
              <KeyRound aria-hidden /> Another secret
            </Button>
            <Button variant="danger" onPress={() => setAct("revoke")}>
              <Ban aria-hidden /> Revoke
            </Button>
          </>
        )}
      </footer>
    </Dialog>
  );
}
