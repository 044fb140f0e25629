// Dit au serveur que la personne est là quand elle lit ou écrit sans rien envoyer, et prévient avant de fermer.
// Sans ce script, chaque page ouverte et chaque envoi comptent comme présence.
const avis = document.querySelector("[data-presence]");
const limite = Number(avis.dataset.minutes) * 60_000;
const preavis = Math.min(120_000, limite / 3);
const espacement = Math.min(300_000, limite / 4);
const onglets = new BroadcastChannel("beffroi.presence");
let signalee = 0;
let alarme = 0;

function noter() {
  signalee = Date.now();
  avis.hidden = true;
  clearTimeout(alarme);
  alarme = setTimeout(prevenir, limite - preavis);
}

function prevenir() {
  const fin = new Date(signalee + limite);
  const heure = fin.toLocaleTimeString("fr-FR", { timeStyle: "medium", timeZone: "Europe/Paris" });
  avis.querySelector("[data-heure]").textContent = heure;
  avis.hidden = false;
}

// Jamais de rechargement : ce qui est écrit dans la page serait perdu.
function fermee() {
  avis.querySelector("[data-avant]").hidden = true;
  avis.querySelector("[data-apres]").hidden = false;
  avis.hidden = false;
  clearTimeout(alarme);
}

async function signaler() {
  const reponse = await fetch(avis.dataset.adresse, {
    method: "POST",
    headers: { "X-CSRFToken": avis.querySelector("[name=csrfmiddlewaretoken]").value },
    redirect: "manual",
  }).catch(() => null);
  if (!reponse) return;
  if (reponse.status !== 204) return fermee();
  noter();
  onglets.postMessage("présente");
}

// Un geste, pas un passage : rester sans bouger devant l'écran ne tient pas la séance ouverte.
for (const geste of ["keydown", "pointerdown"]) {
  addEventListener(geste, () => avis.hidden && Date.now() - signalee > espacement && signaler(), { passive: true });
}
avis.querySelector("button").addEventListener("click", signaler);
onglets.addEventListener("message", noter);
onglets.postMessage("présente");
noter();
