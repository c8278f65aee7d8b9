// Counts the days to each date on the page, in the visitor's time zone, and again at midnight.
(() => {
  "use strict";
  const DAY = 86400000;
  const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
  const localDay = (moment) =>
    Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / DAY;
  // Most numbers are small, and the first one that is written for a language takes long.
  const grouped = (count) => (count < 1000 ? String(count) : count.toLocaleString("en"));
  const days = (count) => `${grouped(count)} ${count === 1 ? "day" : "days"}`;
  const until = (count, about) =>
    count === 0 ? `${about}today` : count === 1 && !about ? "tomorrow" : `in ${about}${days(count)}`;
  const urgency = (count) =>
    count <= 0 ? "today" : count <= 7 ? "week" : count <= 31 ? "month" : "later";

  /** The words for the time left until the dates in `data`, and their urgency. */
  function timeLeft(data, now) {
    const today = localDay(now);
    const at = data.at ? new Date(data.at) : null;
    const first = (at ? localDay(at) : dayOf(data.first)) - today;
    const last = at ? first : data.last ? dayOf(data.last) - today : Infinity;
    const about = data.about === undefined ? "" : "about ";
    if (last < 0 || (at && at <= now)) {
      return data.out === undefined ? ["due, not confirmed", "overdue"] : ["out", "released"];
    }
    if (first === last) {
      return [until(first, about), about ? "window" : urgency(first)];
    }
    if (last === Infinity) {
      return [first > 0 ? `in ${about}${days(first)} or more` : "any day now", "window"];
    }
    if (first > 0) {
      return [`in ${about}${grouped(first)} to ${days(last)}`, "window"];
    }
    return [last === 0 ? `${about}today at the latest` : `any day, in ${about}${days(last)} at most`, "window"];
  }

  /** The moment `at` as the visitor's clock has it: `17 Dec 2026, 21:00`. */
  function localTime(at) {
    const moment = new Date(at);
    const day = moment.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
    return `${day}, ${moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
  }

  let timer;
  function show() {
    const now = new Date();
    let next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    for (const element of document.querySelectorAll("[data-first]")) {
      const [words, style] = timeLeft(element.dataset, now);
      if (element.textContent !== words) {
        element.textContent = words;
      }
      element.className = `left ${style}`;
      const at = element.dataset.at && new Date(element.dataset.at);
      if (at && at > now && at < next) {
        next = at;
      }
    }
    clearTimeout(timer);
    timer = setTimeout(show, next - now + 50);
  }

  for (const element of document.querySelectorAll("time[data-moment]")) {
    element.textContent = localTime(element.dataset.moment);
  }
  document.addEventListener("visibilitychange", show);
  addEventListener("pageshow", (event) => event.persisted && show()); // from the browser's cache
  show();
})();
