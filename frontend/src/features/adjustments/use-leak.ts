import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, type Schema } from "@/api/client";

export type LeakBill = Schema<"LeakBill">;

/** What policy credits for these bills; nothing is asked before one is chosen. */
export function useLeakCredit(
  accountId: string | undefined,
  claim: { unit: string; bills: readonly LeakBill[] },
) {
  const body = { account_id: accountId ?? "", unit: claim.unit, bills: [...claim.bills] };
  const isAsked = accountId !== undefined && claim.bills.length > 0;
  const found = useQuery({
    queryKey: ["leak credit", body],
    queryFn: async () =>
      (await client.POST("/api/v1/adjustments/leak-preview", { body })).data ?? null,
    enabled: isAsked,
    retry: false,
  });
  return { data: isAsked ? found.data : null, error: isAsked ? found.error : null };
}

/** What posting the credit would do to the account. */
export function useAskedEffect(id: string, accountId: string | undefined, amount: number) {
  const body = {
    id,
    account_id: accountId ?? "",
    type_code: "leak",
    amount_cents: amount,
    note: "preview only",
  };
  return useQuery({
    queryKey: ["adjustment preview", body],
    queryFn: async () => (await client.POST("/api/v1/adjustments/preview", { body })).data ?? null,
    enabled: accountId !== undefined && amount !== 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
