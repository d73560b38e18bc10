/** Whether the month has the day. Temporal throws on what does not exist, so the range is asked first. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  if (day <= 28) return true
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
}
