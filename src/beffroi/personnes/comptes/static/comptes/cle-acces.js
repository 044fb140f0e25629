"use strict";
/* Montre le bouton de clé d'accès là où le navigateur sait s'en servir, et dit ce qui n'a pas marché. */
(() => {
  const phrases = {
    NotAllowedError: "La clé n'a pas été donnée, ou trop de temps a passé. Recommencez quand vous voulez.",
    InvalidStateError: "Cet appareil a déjà une clé pour ce compte.",
    SecurityError: "Les clés d'accès demandent l'adresse exacte du service. Vérifiez la barre d'adresse.",
  };
  if (window.PublicKeyCredential) {
    for (const partie of document.querySelectorAll("[data-cle-acces]")) partie.hidden = false;
    for (const partie of document.querySelectorAll("[data-sans-cle-acces]")) partie.hidden = true;
  }
  document.addEventListener("allauth.error", (evenement) => {
    evenement.preventDefault();
    const annonce = document.getElementById("cle-acces-erreur");
    const nom = evenement.detail.exception && evenement.detail.exception.name;
    annonce.textContent = phrases[nom] || "La clé d'accès n'a pas répondu. Servez-vous de votre mot de passe, ou appelez-nous.";
    annonce.hidden = false;
  });
})();
