/** Demandé par les seuls navigateurs qui ne connaissent pas les modules : ils ne savent pas sceller. */
const secours = document.querySelector("[data-sans-scellement]");
if (secours) secours.removeAttribute("hidden");
const preparation = document.querySelector("[data-preparation]");
if (preparation && preparation.parentNode) preparation.parentNode.removeChild(preparation);
export {};
