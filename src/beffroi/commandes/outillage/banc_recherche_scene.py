"""Un million de consultations inventées,
toujours les mêmes pour une même graine, écrites droit dans l'index.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from beffroi.publicite.recherche.rules import analyse
from beffroi.publicite.recherche.rules.jetons import Contenu, jetons_de

ANNEES, PART_OUVERTE, JOURS_OUVERTS = 10, 0.03, 40
# Des achats qui reviennent, chez des acheteurs et à des dates différents :
# cinquante mille textes suffisent à un million.
TEXTES = 50_000
FICHES_PAR_ECRITURE = 2_000
NATURES = ("travaux", "travaux", "fournitures", "services", "services", "concession")
# Quand les exemples officiels ne sont pas là : des mots d'achats de communes.
MOTS = """toiture réfection école travaux voirie éclairage public assainissement fourniture
livraison repas cantine mairie salle polyvalente rénovation énergétique chauffage entretien espaces
verts nettoyage locaux maîtrise œuvre construction gymnase station épuration accord cadre bons
commande lot menuiserie charpente couverture plomberie électricité peinture carrelage mobilier
informatique matériel transport scolaire déchets collecte assurance contrôle technique étude
diagnostic aménagement centre bourg place église cimetière pont curage fossés véhicule tracteur
signalisation vidéoprotection défense incendie"""
SYLLABES = """ar bo can dor es fau gris her is jau ker lon mar nor ou pré quin ros sau tour ur val
ver vil ze ville court bourg mont lez han ghem rue""".split()


@dataclass
class Vocabulaire:
    """Des mots, du plus au moins fréquent, des lieux, des acheteurs et des codes CPV."""

    hasard: random.Random
    mots: list[str]
    cpv: list[str]
    communes: list[str] = field(default_factory=list)
    achats: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rares = [self._nom() for _ in range(max(0, 40_000 - len(self.mots)))]
        self.mots = list(dict.fromkeys([*self.mots, *rares]))
        # La loi de Zipf, adoucie en tête :
        # le mot le plus courant est dans un titre sur cinq environ.
        self.cumul = list(_cumul(1 / (rang + 12) for rang in range(len(self.mots))))
        self.communes = [self._nom().capitalize() for _ in range(2_000)]

    def achat(self) -> tuple[str, list[str]]:
        """Un titre, et les racines du titre et de l'objet."""
        if len(self.achats) < TEXTES:
            titre = self.texte(7).capitalize()[:200]
            self.achats.append((titre, analyse.racines(f"{titre} {self.texte(25)}")))
            return self.achats[-1]
        return self.hasard.choice(self.achats)

    def texte(self, nombre: int) -> str:
        return " ".join(self.hasard.choices(self.mots, cum_weights=self.cumul, k=nombre))

    def _nom(self) -> str:
        return "".join(self.hasard.choices(SYLLABES, k=self.hasard.randint(2, 4)))


def _cumul(poids: Iterator[float]) -> Iterator[float]:
    total = 0.0
    for un in poids:
        total += un
        yield total


def vocabulaire(normes: Path | None, graine: int) -> Vocabulaire:
    """Les vrais mots des avis et des données essentielles officiels, s'ils sont là ; sinon les
    nôtres."""
    textes = list(_textes(normes)) if normes and normes.is_dir() else []
    frequents = Counter(
        mot for texte in [*textes, MOTS] for mot in analyse.morceaux(texte.lower()) if len(mot) > 2
    )
    mots = [
        mot for mot, _ in frequents.most_common() if not mot.isdigit() and analyse.mots_pleins(mot)
    ]
    codes = sorted({code for texte in textes for code in re.findall(r"\b[0-9]{8}\b", texte)})
    return Vocabulaire(
        random.Random(graine),
        mots,
        codes or ["45261000", "45233140", "09310000", "55524000", "90610000"],
    )


def _textes(normes: Path) -> Iterator[str]:
    for fichier in sorted((normes / "decp" / "reels-valides").glob("*.json")):
        for marche in _marches(json.loads(fichier.read_text("utf-8"))):
            yield f"{marche.get('objet', '')} {marche.get('codeCPV', '')}"
    for fichier in sorted((normes / "boamp").rglob("*.xml")):
        yield re.sub(r"<[^>]+>", " ", fichier.read_text("utf-8", errors="replace"))


def _marches(contenu: Any) -> Iterator[dict[str, Any]]:
    if isinstance(contenu, dict):
        if "objet" in contenu:
            yield contenu
        for valeur in contenu.values():
            yield from _marches(valeur)
    elif isinstance(contenu, list):
        for valeur in contenu:
            yield from _marches(valeur)


def planter(mots: Vocabulaire, nombre: int, *, le: datetime) -> None:
    """Écrit les fiches dans l'ordre de leur publication, puis les mots et les acheteurs."""
    from django.db import connection, transaction

    from beffroi.publicite.recherche import schema
    from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee
    from beffroi.publicite.recherche.services.indexation import apprendre

    sans_index = connection.vendor == "postgresql"
    if sans_index:
        _ordonner([f"DROP INDEX {schema.ENTIER}", f"DROP INDEX {schema.EN_COURS}"])
    fiches = (_fiche(mots, rang, nombre, le) for rang in range(nombre))
    for lot in batched(fiches, FICHES_PAR_ECRITURE):
        with transaction.atomic():
            FicheIndexee.objects.bulk_create(lot)
    AcheteurIndexe.objects.bulk_create(
        AcheteurIndexe(
            siren=f"{rang:09d}", nom=f"Commune de {nom}", nom_replie=nom.lower(), ville=nom
        )
        for rang, nom in enumerate(mots.communes)
    )
    for morceau in batched(mots.mots, 5_000):
        apprendre({mot: ecrit for ecrit in morceau for mot in analyse.mots_pleins(ecrit)})
    _ordonner([*(schema.index_postgresql() if sans_index else []), "ANALYZE"])


def _ordonner(ordres: list[str]) -> None:
    from django.db import connection

    with connection.cursor() as curseur:
        for ordre in ordres:
            curseur.execute(ordre)


def _fiche(mots: Vocabulaire, rang: int, nombre: int, le: datetime) -> Any:
    from beffroi.publicite.recherche.models import FicheIndexee

    hasard, ouvertes = mots.hasard, int(nombre * PART_OUVERTE)
    acheteur = min(int(hasard.paretovariate(0.9)) - 1, len(mots.communes) - 1)
    commune = mots.communes[acheteur]
    publiee, limite = _dates(rang, nombre, ouvertes, hasard, le)
    titre, racines = mots.achat()
    contenu = Contenu(
        titre="",
        objet="",
        lots=(),
        lieu=commune,
        ville=commune,
        acheteur=f"Commune de {commune}",
        siren=f"{acheteur:09d}",
        departement=f"{acheteur % 95 + 1:02d}",
        nature=hasard.choice(NATURES),
        procedure="procedure_adaptee_ouverte" if hasard.random() < 0.8 else "appel_d_offres_ouvert",
        cpv=(hasard.choice(mots.cpv),),
        limite=limite.date(),
        publiee=publiee.date(),
    )
    return FicheIndexee(
        reference=f"B-{rang}",
        titre=titre,
        acheteur=contenu.acheteur,
        siren=contenu.siren,
        lieu=commune,
        departement=contenu.departement,
        nature=contenu.nature,
        procedure=contenu.procedure,
        publiee_le=publiee,
        modifiee_le=publiee,
        limite=limite,
        en_cours=limite >= le,
        jetons=" ".join(dict.fromkeys([*racines, *jetons_de(contenu)])),
    )


def _dates(
    rang: int, nombre: int, ouvertes: int, hasard: random.Random, le: datetime
) -> tuple[datetime, datetime]:
    """Les dernières publiées sont ouvertes ; les autres s'étalent sur dix ans."""
    passees = nombre - ouvertes
    if rang >= passees:
        publiee = le - timedelta(days=20 * (nombre - rang) / max(1, ouvertes))
        return publiee, le + timedelta(minutes=hasard.randint(5, JOURS_OUVERTS * 1440))
    publiee = le - timedelta(days=60 + 365 * ANNEES * (passees - rang) / passees)
    return publiee, publiee + timedelta(days=hasard.randint(20, 58))
