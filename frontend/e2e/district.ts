/** A cycle of our own, made by the API, for journeys that need a month they can know to the cent. */

import { type Api, unique, uuid7 } from "./api.ts";

export interface Home {
  account: string;
  number: string;
  point: string;
  serial: string;
  register: string;
}

export interface Month {
  /** First day of the last whole month. */
  from: string;
  /** First day of this month; the cycle is read on it. */
  to: string;
  /** A day within, counted from 1. */
  day: (number: number) => string;
}

/** The last whole month: everything in it may be read and billed today. */
export function lastMonth(today = new Date()): Month {
  const iso = (monthsBack: number, day: number) =>
    new Date(Date.UTC(today.getFullYear(), today.getMonth() - monthsBack, day))
      .toISOString()
      .slice(0, 10);
  return { from: iso(1, 1), to: iso(0, 1), day: (number) => iso(1, number) };
}

export async function makeMeter(
  api: Api,
  serial: string,
): Promise<{ meter: string; register: string }> {
  const [id, registerId] = [uuid7(), uuid7()];
  const register = { id: registerId, number: "0", dials: 4, decimals: 0, multiplier: "1" };
  const meter = { id, serial, make: "Badger", size: "5/8", kind: "displacement" };
  const registers = [{ ...register, unit: "HCF", billing_step: "1" }];
  await api.post("/meters", { ...meter, registers });
  return { meter: id, register: registerId };
}

/** A home with its meter, a customer and an agreement for water, all from one day on. */
export async function makeHome(
  api: Api,
  home: { name: string; rate: string; on: string; read: string },
): Promise<Home> {
  const { name, rate, on, read } = home;
  const [point, customer, account] = [uuid7(), uuid7(), uuid7()];
  const serial = unique("JM");
  const place = { code: unique("JP-"), location: "Front, by the walk" };
  await api.post("/service-points", { id: point, ...place });
  const { meter, register } = await makeMeter(api, serial);
  const stay = { id: uuid7(), meter_id: meter, service_point_id: point, on };
  await api.post("/installations", { ...stay, reads: { "0": read } });
  await api.post("/customers", { id: customer, name });
  const made = await api.post("/accounts", {
    id: account,
    customer_id: customer,
    account_class: "residential",
    opened_on: on,
    mail_line: "12 Journey Lane",
    mail_city: "Tule Bend",
    mail_state: "CA",
    mail_zip: "95999",
  });
  const agreement = { id: uuid7(), service_point_id: point, service: "water", from_on: on };
  await api.post(`/accounts/${account}/agreements`, { ...agreement, rate_code: rate });
  return { account, number: made.number, point, serial, register };
}

/** A monthly cycle with these homes, whose first period is that month. */
export async function makeCycle(api: Api, month: Month, homes: Home[]): Promise<string> {
  const id = uuid7();
  const code = `J${unique("").slice(-3)}`;
  await api.post("/cycles", { id, code, name: "Journey homes", frequency: "monthly" });
  await api.post(`/cycles/${id}/periods`, { start_on: month.from, periods: 2 });
  const account_ids = homes.map(({ account }) => account);
  await api.post(`/cycles/${id}/accounts`, { account_ids, from_on: month.from });
  return code;
}

/** A read file as a vendor sends it: one line for each meter. */
export function readFile(on: string, reads: [serial: string, read: string][]): Buffer {
  const head = "meter,register,endpoint,date,reading,unit,method,skip,trouble";
  const lines = reads.map(([serial, read]) => `${serial},0,,${on},${read},HCF,radio,,`);
  return Buffer.from(`${[head, ...lines].join("\n")}\n`);
}

/** A rate of a service charge and two tiers, a version for each pair of day and lower price. */
export function tariffFile(code: string, versions: [on: string, price: string][]): string {
  const version = ([on, price]: [string, string], index: number) => `
  - effective_on: ${on}
    resolution: Resolution J-${index + 1}
    components:
      - {key: service, model: fixed, label: {en: Service charge, es: Cargo por servicio},
         group: water_service, price: 20.00, proration: none}
      - key: use
        model: tiered
        label: {en: Water use, es: Consumo de agua}
        group: water_use
        tiers: [{up_to: 20, price: ${price}}, {price: 9.00}]
    examples:
      - {name: Ten units, quantity: 10, total: ${(20 + 10 * Number(price)).toFixed(2)}}`;
  return `code: ${code}
name: {en: Journey water, es: Agua de viaje}
service: water
unit: HCF
source: Made for a journey
versions:${versions.map(version).join("")}
`;
}

/** Adopts every version of a tariff file: drafted and proposed by one person, approved by another. */
export async function adopt(drafter: Api, approver: Api, content: string): Promise<void> {
  const drafts = await drafter.post("/tariffs", { id: uuid7(), content });
  for (const { id } of drafts) {
    const path = `/tariff-versions/${id}`;
    await drafter.post(`${path}/propose`, {}, await drafter.versionOf(path));
    await approver.post(`${path}/approve`, {}, await approver.versionOf(path));
  }
}
