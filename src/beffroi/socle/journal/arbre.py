"""Refaire l'arbre feuille après feuille, en mémoire constante,
et le confronter à ce que la base en garde.
"""

from collections.abc import Iterator

from beffroi.socle.journal import releves
from beffroi.socle.journal.models import Noeud, PointDeControle
from sceau import SealError, log

FEUILLES_PAR_LOT = 4096
NIVEAUX = 63


class Arbre:
    """L'arbre refait.

    Il retient le dernier nœud de chaque niveau, les nœuds du lot en cours, et ce qui ne va pas.
    """

    def __init__(self) -> None:
        self.taille = 0
        self.nombre_de_noeuds = 0
        self.bonnes_tetes = 0
        self.noeuds_faux: list[tuple[int, int]] = []
        self.tetes_fausses: list[tuple[int, str]] = []
        self._derniers: dict[int, tuple[int, bytes]] = {}
        self._lot: dict[tuple[int, int], bytes] = {}
        self._clefs = [cle.unsuspected() for cle in releves.cles()]
        self._tetes = PointDeControle.objects.order_by("taille").iterator(chunk_size=500)
        self._tete = next(self._tetes, None)

    def ajouter(self, numero: int, feuille: bytes) -> None:
        """Ajoute une feuille.

        Après un trou il n'y a plus d'arbre à compléter : la tête signée le dira.
        """
        self.confronter_les_tetes(jusqu_a=numero)
        try:
            complets = log.append_nodes(numero, log.leaf_hash(feuille), self._lire)
        except KeyError:
            complets = []
        for niveau, indice, empreinte in complets:
            self._derniers[niveau] = indice, empreinte
            self._lot[niveau, indice] = empreinte
        self.taille = numero + 1
        if self.taille % FEUILLES_PAR_LOT == 0:
            self.confronter_les_noeuds()

    def finir(self) -> None:
        """Confronte ce qui reste : le dernier lot, les têtes, les nœuds de trop."""
        self.confronter_les_noeuds()
        self.confronter_les_tetes(jusqu_a=self.taille)
        while self._tete:
            self.juger(
                self._tete,
                f"la tête signée dit {self._tete.taille} écritures, il y en a {self.taille}",
            )
        for niveau in range(NIVEAUX):
            de_trop = Noeud.objects.filter(niveau=niveau, indice__gte=self.taille >> niveau)
            self.noeuds_faux += [
                (niveau, indice) for indice in de_trop.values_list("indice", flat=True)
            ]
        au_dessus = Noeud.objects.filter(niveau__gte=NIVEAUX)
        self.noeuds_faux += list(au_dessus.values_list("niveau", "indice"))

    def confronter_les_noeuds(self) -> None:
        """Les nœuds gardés doivent être ceux que les feuilles de ce lot
        donnent, ni plus, ni moins.
        """
        debut = (self.taille - 1) // FEUILLES_PAR_LOT * FEUILLES_PAR_LOT if self.taille else 0
        gardes: dict[tuple[int, int], bytes] = {}
        for niveau in range(self.taille.bit_length()):
            bornes = {"indice__gte": debut >> niveau, "indice__lt": self.taille >> niveau}
            lus = Noeud.objects.filter(niveau=niveau, **bornes).values_list("indice", "empreinte")
            gardes |= {(niveau, indice): bytes(empreinte) for indice, empreinte in lus}
        places = gardes.keys() | self._lot.keys()
        self.noeuds_faux += sorted(
            place for place in places if gardes.get(place) != self._lot.get(place)
        )
        self.nombre_de_noeuds += len(self._lot)
        self._lot.clear()

    def confronter_les_tetes(self, *, jusqu_a: int) -> None:
        """Chaque tête signée est bien la racine de l'arbre à sa taille :
        donc chacune prolonge la précédente.
        """
        while self._tete and self._tete.taille <= jusqu_a:
            self.juger(self._tete, self.faute_de_la_tete(self._tete))

    def juger(self, point: PointDeControle, faute: str) -> None:
        if faute:
            self.tetes_fausses.append((point.taille, faute))
        else:
            self.bonnes_tetes += 1
        self._tete = next(self._tetes, None)

    def faute_de_la_tete(self, point: PointDeControle) -> str:
        try:
            tete = log.open_checkpoint(point.note, self._clefs)
        except SealError as erreur:
            return f"la signature n'est pas valable ({erreur})"
        if tete.size != point.taille or point.taille != self.taille:
            return f"la tête signée dit {tete.size} écritures"
        try:
            racine = log.root(tete.size, self._lire)
        except KeyError:
            return "il manque des écritures sous cette tête signée"
        return "" if racine == tete.root else "la racine signée n'est pas celle de l'arbre"

    def _lire(self, niveau: int, indice: int) -> bytes:
        connu, empreinte = self._derniers[niveau]
        if connu != indice:
            raise KeyError(niveau, indice)
        return empreinte


def fautes_de_l_arbre(arbre: Arbre) -> Iterator[tuple[str, str]]:
    """Ce qui ne va pas, et où."""
    for niveau, indice in arbre.noeuds_faux:
        yield "nœud différent de ce que donnent les feuilles", f"journal_noeud, {niveau}/{indice}"
    for taille, faute in arbre.tetes_fausses:
        yield faute, f"journal_pointdecontrole, taille {taille}"
