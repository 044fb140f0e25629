// Sur les pages de qui est connecté : dit qu'un écran est montré, floute ce qui doit l'être, dessine le pointeur de l'agent.
// Chargé avant le premier affichage : une page ouverte pendant un partage n'est jamais vue nette, même un instant.
(() => {
  const NOM = "beffroi.partage";
  if (!navigator.locks || !window.BroadcastChannel) return;
  const racine = document.documentElement;
  const canal = new BroadcastChannel(NOM);
  const poignee = crypto.randomUUID();
  let avec = null;
  let bandeau = null;
  let pointeur = null;
  let effacement = 0;

  function marque() {
    try {
      return JSON.parse(localStorage.getItem(NOM));
    } catch {
      return null;
    }
  }

  function noeud(nom, classe, texte) {
    const fait = document.createElement(nom);
    fait.className = classe;
    fait.textContent = texte;
    return fait;
  }

  function commencer(qui) {
    if (avec || !qui) return;
    avec = qui;
    racine.dataset.partage = "";
    // Le navigateur dira à la fenêtre de partage que l'onglet montré est celui-ci : le pointeur n'est dessiné que là.
    const { mediaDevices } = navigator;
    mediaDevices?.setCaptureHandleConfig?.({ exposeOrigin: true, handle: poignee, permittedOrigins: [location.origin] });
    if (document.body) afficher();
    else addEventListener("DOMContentLoaded", afficher, { once: true });
    // La fenêtre de partage tient ce verrou ; fermée ou tombée, elle le rend, et la page redevient nette aussitôt.
    navigator.locks.request(NOM, { mode: "shared" }, finir);
  }

  function bouton(classe, texte, genre) {
    const fait = noeud("button", `bouton ${classe}`, texte);
    fait.type = "button";
    fait.addEventListener("click", () => canal.postMessage({ genre }));
    return fait;
  }

  function direLeMicro(ouvert) {
    if (!bandeau) return;
    bandeau.querySelector(".partage-micro").textContent = ouvert ? `Votre micro est ouvert : ${avec.nom} vous entend.` : "";
    bandeau.querySelector(".partage-couper").hidden = !ouvert;
  }

  function afficher() {
    if (!avec || bandeau) return;
    bandeau = noeud("div", "partage-en-cours non-imprime", "");
    bandeau.setAttribute("role", "region");
    bandeau.setAttribute("aria-label", "Partage d’écran");
    const dit = noeud("p", "partage-dit", "");
    dit.setAttribute("role", "status");
    const micro = noeud("p", "partage-micro", "");
    micro.setAttribute("role", "status");
    bandeau.append(noeud("p", "", `Vous montrez votre écran à ${avec.nom}. Rien n’est enregistré.`), dit, micro);
    bandeau.append(bouton("partage-couper", "Couper mon micro", "couper_micro"), bouton("", "Arrêter de montrer", "arreter"));
    document.body.prepend(bandeau);
    direLeMicro(avec.micro);
    for (const prive of document.querySelectorAll("[data-prive]")) {
      prive.before(noeud("p", "partage-raison", `Flouté pendant que vous montrez votre écran : ${prive.dataset.prive.replaceAll("'", "’")}`));
    }
  }

  function finir() {
    avec = null;
    delete racine.dataset.partage;
    bandeau?.remove();
    pointeur?.remove();
    bandeau = pointeur = null;
    for (const raison of document.querySelectorAll(".partage-raison")) raison.remove();
  }

  function pointer({ x, y }) {
    pointeur ??= document.body.appendChild(noeud("div", "partage-pointeur", ""));
    pointeur.setAttribute("aria-hidden", "true");
    pointeur.style.left = `${x * 100}%`;
    pointeur.style.top = `${y * 100}%`;
    clearTimeout(effacement);
    effacement = setTimeout(oublierLePointeur, 3000);
  }

  function oublierLePointeur() {
    pointeur?.remove();
    pointeur = null;
  }

  canal.addEventListener("message", ({ data }) => {
    if (data.genre === "debut") commencer(data);
    else if (!avec || !document.body) return;
    else if (data.genre === "micro") {
      avec.micro = data.ouvert;
      direLeMicro(data.ouvert);
    } else if (data.genre === "texte") bandeau.querySelector(".partage-dit").textContent = `${avec.nom} : ${data.texte}`;
    else if (data.genre === "pointeur" && data.poignee === poignee) pointer(data);
    else if (data.genre === "sans_pointeur") oublierLePointeur();
  });
  commencer(marque());
})();
