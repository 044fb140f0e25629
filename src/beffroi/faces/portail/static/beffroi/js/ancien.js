var t=document.querySelector("[data-sans-scellement]");t&&t.removeAttribute("hidden");var e=document.querySelector("[data-preparation]");e&&e.parentNode&&e.parentNode.removeChild(e);
