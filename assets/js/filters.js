// On a phone the filters begin closed, so that the first screen is what was found.
// Without this script they stand open, below a link that skips them. The page waits for it with
// its first paint (`blocking="render"`), lest what somebody reads already jumps up.
const filters = document.querySelector("[data-filters]");
const wanted = document.querySelector(".govuk-error-summary");
if (filters && !wanted && matchMedia("(max-width: 48em)").matches) filters.open = false;
