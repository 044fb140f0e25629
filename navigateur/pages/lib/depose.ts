/** Glisser des fichiers ou des dossiers. Le bouton fait toujours la même chose. */

interface Entree {
  isFile: boolean;
  isDirectory: boolean;
  file(rendre: (fichier: File) => void, refuser: (erreur: unknown) => void): void;
  createReader(): { readEntries(rendre: (entrees: Entree[]) => void, refuser: (erreur: unknown) => void): void };
}

async function contenu(entree: Entree): Promise<File[]> {
  if (entree.isFile) return [await new Promise<File>((rendre, refuser) => entree.file(rendre, refuser))];
  const lecteur = entree.createReader();
  const fichiers: File[] = [];
  for (;;) {
    const lot = await new Promise<Entree[]>((rendre, refuser) => lecteur.readEntries(rendre, refuser));
    if (lot.length === 0) return fichiers;
    for (const suivante of lot) fichiers.push(...(await contenu(suivante)));
  }
}

async function fichiersDe(transfert: DataTransfer): Promise<File[]> {
  const entrees = [...transfert.items].map((item) => item.webkitGetAsEntry?.() as unknown as Entree | null);
  const directs = [...transfert.files];
  if (!entrees.some((entree) => entree?.isDirectory)) return directs;
  return (await Promise.all(entrees.filter((entree): entree is Entree => entree !== null).map(contenu))).flat();
}

export function accueillir(zone: HTMLElement, recevoir: (fichiers: File[]) => void): void {
  const marquer = (survol: boolean) => zone.classList.toggle("survol", survol);
  zone.addEventListener("dragover", (evenement) => {
    evenement.preventDefault();
    marquer(true);
  });
  zone.addEventListener("dragleave", () => marquer(false));
  zone.addEventListener("drop", (evenement) => {
    evenement.preventDefault();
    evenement.stopPropagation();
    marquer(false);
    if (evenement.dataTransfer) void fichiersDe(evenement.dataTransfer).then(recevoir);
  });
}

/** Un fichier lâché à côté ne doit pas remplacer la page. */
export function protegerLaPage(): void {
  for (const nom of ["dragover", "drop"]) addEventListener(nom, (evenement) => evenement.preventDefault());
}
