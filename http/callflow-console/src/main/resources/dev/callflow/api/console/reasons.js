// The reasons of the API for refusals, in words.

const REASONS = {
  bad_pin: "three wrong PINs",
  bad_number: "three wrong conference numbers",
  throttled: "too many wrong PINs from this number",
  banned: "the number is banned",
  duplicate: "the number is in already",
  locked: "the conference was locked",
  full: "no free seat",
  no_moderator: "no moderator came",
  not_found: "there is no such conference",
  unavailable: "documents or rooms could not be reached",
  abandoned: "hung up before they were in",
  failed: "FreeSWITCH did not let them in",
  left: "left",
  kicked: "removed",
  moved: "moved to another conference",
  ended: "the conference ended",
};

export function reason(key) {
  return Object.hasOwn(REASONS, key ?? "") ? REASONS[key] : String(key ?? "");
}
