import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Button } from "@/components/button";
import { Usage } from "@/components/figures";
import { Table } from "@/components/table";

const SIDES: Record<string, string> = { "0": "The only one", L: "Low flow", H: "High flow" };

/** The dials of a meter: how they count and what is billed of them. */
export function Registers({
  registers,
  onCorrect,
}: {
  registers: Schema<"RegisterOut">[];
  /** Null when this person may not set the record right. */
  onCorrect?: ((register: Schema<"RegisterOut">) => void) | null;
}): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Register</th>
          <th className="num">Dials</th>
          <th className="num">Decimals</th>
          <th className="num">Multiplier</th>
          <th>Unit</th>
          <th className="num">Billed in steps of</th>
          <th>Reads</th>
          {onCorrect ? <th>Record</th> : null}
        </tr>
      </thead>
      <tbody>
        {registers.map((register) => (
          <tr key={register.id}>
            <td>{SIDES[register.number] ?? register.number}</td>
            <td className="num">{register.dials}</td>
            <td className="num">{register.decimals}</td>
            <td className="num">
              <Usage value={register.multiplier} />
            </td>
            <td>{register.unit}</td>
            <td className="num">
              {Number(register.billing_step) === 0 ? (
                "–"
              ) : (
                <Usage value={register.billing_step} unit={register.unit} />
              )}
            </td>
            <td>
              <Link to="/registers/$registerId" params={{ registerId: register.id }}>
                History
              </Link>
            </td>
            {onCorrect ? (
              <td>
                <Button small onPress={() => onCorrect(register)}>
                  Correct
                </Button>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
