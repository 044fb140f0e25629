"""Un registre en mémoire, et ce que sa plateforme en sert à tous."""

from sceau import log

ORIGINE = "beffroi.example/journal"


class Registre:
    """Des feuilles que l'on choisit ; `publique` est la taille de la tête que tous voient."""

    def __init__(self, graine: bytes = bytes(32)) -> None:
        self.signataire = log.Signer(ORIGINE, graine)
        self.noeuds: dict[tuple[int, int], bytes] = {}
        self.feuilles: list[bytes] = []
        self.publique = 0

    def lire(self, niveau: int, indice: int) -> bytes:
        return self.noeuds[niveau, indice]

    def ajouter(self, feuille: bytes) -> int:
        numero = len(self.feuilles)
        self.feuilles.append(feuille)
        for niveau, indice, empreinte in log.append_nodes(
            numero, log.leaf_hash(feuille), self.lire
        ):
            self.noeuds[niveau, indice] = empreinte
        self.publique = numero + 1
        return numero

    def grandir(self, jusqu_a: int, *, feuille: str = "feuille") -> "Registre":
        for numero in range(len(self.feuilles), jusqu_a):
            self.ajouter(f"{feuille} {numero}".encode())
        return self

    def tete(self, taille: int) -> str:
        corps = log.Checkpoint(ORIGINE, taille, log.root(taille, self.lire)).body()
        return log.sign_note(corps, self.signataire)

    @property
    def etat(self) -> log.Checkpoint:
        return log.Checkpoint(ORIGINE, self.publique, log.root(self.publique, self.lire))

    def preuve(self, numero: int) -> str:
        chemin = tuple(log.inclusion(numero, numero + 1, self.lire))
        return log.Proof(numero, chemin, self.tete(numero + 1)).encode()

    def chercher(self, chemin: str) -> bytes | None:
        """Ce que la plateforme rend à ce chemin : la tête publique, et ses tuiles."""
        if chemin == "/journal/checkpoint":
            return self.tete(self.publique).encode() if self.publique else None
        for niveau, indice, largeur in log.tiles(self.publique):
            if chemin == f"/journal/{log.tile_path(niveau, indice, largeur)}":
                return log.tile(niveau, indice, largeur, self.lire)
            debut = indice * log.TILE_WIDTH
            if niveau == 0 and chemin == f"/journal/{log.entries_path(indice, largeur)}":
                return log.entries(self.feuilles[debut : debut + largeur])
        return None
