import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Usage } from "@/components/figures";

const SIDES: Record<string, string> = { "0": "The only one", L: "Low flow", H: "High flow" };

/** The dials of a meter: how they count and what is billed of them. */
export function Registers({ registers }: { registers: Schema<"RegisterOut">[] }): ReactElement {
  return (
    <table className="table">
      <thead>
        <tr>
          <th>Register</th>
          <th className="num">Dials</th>
          <th className="num">Decimals</th>
          <th className="num">Multiplier</th>
          <th>Unit</th>
          <th className="num">Billed in steps of</th>
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
          </tr>
        ))}
      </tbody>
    </table>
  );
}
