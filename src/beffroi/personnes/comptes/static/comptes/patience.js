// La page qui attend son tour continue seule. Sans ce script, le bouton fait la même chose.
const attente = document.querySelector("[data-patience]");
const reste = attente.querySelector("[data-reste]");
const fin = performance.now() + Number(attente.dataset.patience) * 1_000;

attente.querySelector("[data-sans-script]").hidden = true;
attente.querySelector("[data-avec-script]").hidden = false;

function compter() {
  const secondes = Math.ceil((fin - performance.now()) / 1_000);
  if (secondes <= 0) return attente.requestSubmit();
  reste.textContent = `Encore ${secondes} s.`;
  setTimeout(compter, 250);
}

compter();
