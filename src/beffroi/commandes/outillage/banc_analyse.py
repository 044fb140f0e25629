"""Le banc de l'analyse :
60 offres de 500 prix lues, comparées, classées, à côté de la lecture nue des mêmes octets.
"""

import csv
import io
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import odfdo
import openpyxl

from beffroi.choix.analyse.rules.classement import Classement, CritereNote, OffreNotee, classer
from beffroi.choix.analyse.rules.formules import noter
from beffroi.choix.analyse.rules.sensibilite import Sensibilite, sensibilites
from beffroi.commandes.cli.analyse import Analyseur
from formats import tableur
from formats.bordereaux import Bordereau, Comparaison, comparer, lire_bordereau
from formats.bordereaux.lire import lire_ici

type Rangee = tuple[tableur.Cellule, ...]

ENTETES = ("N°", "Désignation", "Unité", "Quantité", "Prix unitaire HT", "Montant HT")
CRITERES = (
    CritereNote("prix", "Prix", Decimal(50)),
    CritereNote("technique", "Valeur technique", Decimal(30)),
    CritereNote("environnement", "Environnement", Decimal(20)),
)
_LE = datetime(2026, 11, 24, tzinfo=UTC)
# Dans chaque offre, une quantité changée et un montant faux : le banc vérifie qu'ils sont vus.
FAUTES = {"quantite_change", "montant_faux"}


@dataclass
class Duree:
    """Les secondes qui ont passé, et celles qu'un processeur y a mises, enclos compris."""

    passees: float = 0
    de_processeur: float = 0

    def __add__(self, autre: "Duree") -> "Duree":
        return Duree(self.passees + autre.passees, self.de_processeur + autre.de_processeur)


@dataclass
class Mesures:
    """La durée de chaque étape, offre après offre."""

    nue: Duree = field(default_factory=Duree)
    dans_l_enclos: Duree = field(default_factory=Duree)
    sans_enclos: Duree = field(default_factory=Duree)
    comparer: Duree = field(default_factory=Duree)


def mesurer(argv: list[str]) -> int:
    analyseur = Analyseur("./beffroi bench analyse")
    analyseur.add_argument("--offres", type=int, default=60, help="nombre d'offres (60)")
    analyseur.add_argument("--lignes", type=int, default=500, help="prix de chaque bordereau (500)")
    analyseur.add_argument(
        "--format", choices=sorted(ECRIRE), default="xlsx", help="xlsx, ods ou csv (xlsx)"
    )
    options = analyseur.parse_args(argv)
    ecrire, lire_nu = ECRIRE[options.format], LIRE_NU[options.format]
    cadre = lire_bordereau(ecrire(rangees(options.lignes, offre=None)))
    recus = [ecrire(rangees(options.lignes, offre=n)) for n in range(options.offres)]
    mesures, comparaisons = Mesures(), []
    for octets in recus:
        comparaisons.append(_mesurer_une_offre(octets, cadre, lire_nu, mesures))
    analyses: list[tuple[Classement, tuple[Sensibilite, ...]]] = []
    calcul = chronometrer(lambda: analyses.append(analyser(comparaisons)))
    taille = sum(map(len, recus)) / 1_000_000
    print(f"{options.offres} offres de {options.lignes} prix, {options.format}, {taille:.1f} Mo.\n")
    afficher(mesures, calcul)
    return 0 if est_juste(comparaisons, *analyses[0], options.lignes) else 1


def _mesurer_une_offre(
    octets: bytes, cadre: Bordereau, lire_nu: Callable[[bytes], int], mesures: Mesures
) -> Comparaison:
    """Les quatre gestes en alternance, offre après offre :
    une machine occupée les ralentit ensemble.
    """
    lus: list[Bordereau] = []
    compares: list[Comparaison] = []
    mesures.nue += chronometrer(lambda: lire_nu(octets))
    mesures.sans_enclos += chronometrer(lambda: lire_ici(octets))
    mesures.dans_l_enclos += chronometrer(lambda: lus.append(lire_bordereau(octets)))
    mesures.comparer += chronometrer(lambda: compares.append(comparer(cadre, lus[0])))
    return compares[0]


def chronometrer(geste: Callable[[], object]) -> Duree:
    debut, processeur = time.perf_counter(), _processeur()
    geste()
    return Duree(time.perf_counter() - debut, _processeur() - processeur)


def _processeur() -> float:
    usages = [resource.getrusage(qui) for qui in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def analyser(comparaisons: list[Comparaison]) -> tuple[Classement, tuple[Sensibilite, ...]]:
    """Noter les prix, classer, et chercher où le premier changerait."""
    totaux = {_cle(n): c.total_calcule for n, c in enumerate(comparaisons)}
    prix = noter("proportionnelle", totaux, note_maximale=Decimal(20)).notes
    offres = [
        OffreNotee(
            cle,
            cle,
            {
                "prix": prix[cle],
                "technique": Decimal(8 + n * 7 % 12),
                "environnement": Decimal(5 + n * 5 % 15),
            },
        )
        for n, cle in enumerate(totaux)
    ]
    return classer(offres, CRITERES), sensibilites(offres, CRITERES)


def est_juste(
    comparaisons: list[Comparaison],
    classement: Classement,
    lectures: tuple[Sensibilite, ...],
    lignes: int,
) -> bool:
    """Un banc qui ne lirait rien serait rapide :
    chaque prix est lu, chaque faute vue, chaque offre classée.
    """
    vues = all({c.code for c in comparaison.constats} == FAUTES for comparaison in comparaisons)
    completes = all(c.est_complete and len(c.lignes) == lignes for c in comparaisons)
    return (
        vues
        and completes
        and len(classement.lignes) == len(comparaisons)
        and len(lectures) == len(CRITERES)
    )


def afficher(mesures: Mesures, calcul: Duree) -> None:
    print("| | secondes | de processeur | rapport au repère |")
    print("|---|---|---|---|")
    for nom, duree in (
        ("lire nu, par la bibliothèque du format (repère)", mesures.nue),
        ("lire, sans l'enclos", mesures.sans_enclos),
        ("lire, dans l'enclos", mesures.dans_l_enclos),
        ("comparer au cadre", mesures.comparer),
        ("noter, classer, sensibilité", calcul),
        (
            "tout : lire dans l'enclos, comparer, classer",
            mesures.dans_l_enclos + mesures.comparer + calcul,
        ),
    ):
        rapport = duree.de_processeur / max(mesures.nue.de_processeur, 1e-6)
        print(f"| {nom} | {duree.passees:.2f} | {duree.de_processeur:.2f} | {rapport:.2f} |")
    enfants = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\nL'enclos le plus gros a pris {enfants} Mio.")


def rangees(lignes: int, *, offre: int | None) -> Iterator[Rangee]:
    """Le cadre, sans prix ; ou une offre, ses prix, et ses deux fautes."""
    yield ENTETES
    for n in range(1, lignes + 1):
        quantite, designation = Decimal(1 + n % 40), f"Prestation numéro {n}"
        if offre is None:
            yield f"P{n}", designation, "u", quantite, "", ""
            continue
        prix = Decimal(1000 + n * 37 % 900 + offre * 13 % 400) / 100
        lue = quantite + 1 if n == 1 else quantite
        montant = lue * prix + (10 if n == min(2, lignes) else 0)
        yield f"P{n}", designation, "u", lue, prix, montant


def _cle(rang: int) -> str:
    return f"offre-{rang:03d}"


def _en_xlsx(lignes: Iterable[Rangee]) -> bytes:
    classeur = openpyxl.Workbook(write_only=True)
    feuille = classeur.create_sheet("BPU")
    for ligne in lignes:
        feuille.append([None if cellule == "" else cellule for cellule in ligne])
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def _en_ods(lignes: Iterable[Rangee]) -> bytes:
    entetes, *reste = lignes
    feuille = tableur.Feuille(
        titre="BPU",
        entetes=tuple(map(str, entetes)),
        largeurs=(3.0,) * len(entetes),
        lignes=tuple(reste),
    )
    return tableur.ods(feuille, etabli_le=_LE)


def _en_csv(lignes: Iterable[Rangee]) -> bytes:
    entetes, *reste = lignes
    return b"".join(tableur.csv_au_fil_de_l_eau(tuple(map(str, entetes)), reste))


def _xlsx_nu(octets: bytes) -> int:
    classeur = openpyxl.load_workbook(io.BytesIO(octets), read_only=True, data_only=True)
    return sum(1 for feuille in classeur for _ in feuille.iter_rows(values_only=True))


def _ods_nu(octets: bytes) -> int:
    document = odfdo.Document(io.BytesIO(octets))
    return sum(1 for table in document.body.tables for _ in table.iter_values())


def _csv_nu(octets: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))


ECRIRE: dict[str, Callable[[Iterable[Rangee]], bytes]] = {
    "xlsx": _en_xlsx,
    "ods": _en_ods,
    "csv": _en_csv,
}
LIRE_NU: dict[str, Callable[[bytes], int]] = {"xlsx": _xlsx_nu, "ods": _ods_nu, "csv": _csv_nu}
