/** Le témoin que Django attend de chaque formulaire ; la page dit son nom quand il n'est pas l'ordinaire (https, espace d'essai). */
export function temoin(): string {
  const debut = `${document.body.dataset.temoin ?? "csrftoken"}=`;
  return document.cookie.split("; ").find((un) => un.startsWith(debut))?.slice(debut.length) ?? "";
}
