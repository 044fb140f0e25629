/** Le témoin que Django attend de chaque formulaire. */
export function temoin(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
