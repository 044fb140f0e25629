"""Le banc des règles :
contrôler 120 lots et un règlement de 40 pages, puis ouvrir la préparation, à côté de repères.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from beffroi.achat.controles.rules import Rapport, controler
from beffroi.achat.relectures.rules.reperage import plier
from beffroi.commandes.cli.analyse import Analyseur
from beffroi.commandes.outillage import banc_panneau
from droit.achat import (
    Achat,
    Acheteur,
    Allotissement,
    Critere,
    Dates,
    Lot,
    Plateforme,
    ecrire,
    lire,
)
from droit.en_vigueur import Droit
from droit.regime import Besoin, LotDuBesoin, proposer
from formats.lecture import Paragraphe, Texte

JOUR = date(2026, 11, 24)
MAINTENANT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LIMITE = datetime(2027, 1, 12, 13, 0, tzinfo=UTC)
LIGNES_PAR_PAGE = 45
PHRASES = (
    (
        "Les offres sont remises avant le 12 janvier 2027 à 14 h 00, heure de Paris, "
        "sur le profil d'acheteur."
    ),
    (
        "Une copie de sauvegarde peut être remise sur papier à la mairie, 1 place de la Mairie, "
        "62960 Bomy."
    ),
    (
        "Les candidats produisent une déclaration sur l'honneur et les renseignements demandés, "
        "ou un DUME."
    ),
    (
        "Le marché est soumis au code de la commande publique, notamment aux articles R. "
        "2123-1 et R. 2151-5."
    ),
    (
        "Le titulaire livre dans un délai de 15 jours ; "
        "les pénalités sont de 150 euros par jour de retard."
    ),
    (
        "Les variantes ne sont pas autorisées. La négociation est possible, par écrit, "
        "avec les trois premiers."
    ),
    (
        "Le tribunal administratif de Lille est compétent pour le référé précontractuel et le "
        "référé contractuel."
    ),
    "Les prestations sont décrites au cahier des clauses techniques particulières, chapitre deux.",
    (
        "Les matériaux respectent la norme NF EN 13501-1 ; "
        "les déchets du chantier sont triés et tracés."
    ),
)


def mesurer(argv: list[str]) -> int:
    analyseur = Analyseur("./beffroi bench regles")
    analyseur.add_argument("--lots", type=int, default=120, help="nombre de lots (120)")
    analyseur.add_argument("--pages", type=int, default=40, help="pages du règlement (40)")
    analyseur.add_argument("--fois", type=int, default=15, help="nombre de mesures (15)")
    analyseur.add_argument(
        "--sans-ecrans", action="store_true", help="sans ouvrir les pages de la préparation"
    )
    options = analyseur.parse_args(argv)
    achat = consultation(options.lots)
    premiere = chronometrer(
        lambda: jouer(achat, reglement(options.pages, lots=options.lots, tirage=0))
    )
    textes = [
        reglement(options.pages, lots=options.lots, tirage=n) for n in range(1, options.fois + 1)
    ]
    series = {
        "plier le texte, une fois (repère)": [
            chronometrer(partial(lire_nu, texte)) for texte in copies(textes)
        ],
        "relire la consultation en JSON (repère)": [
            chronometrer(lambda: lire(ecrire(achat))) for _ in textes
        ],
        "contrôler tout": [chronometrer(partial(jouer, achat, texte)) for texte in textes],
        "contrôler la consultation seule": [
            chronometrer(lambda: jouer(achat, None)) for _ in textes
        ],
        "proposer un régime": [
            chronometrer(lambda: proposer(besoin(options.lots), Droit.au(JOUR))) for _ in textes
        ],
    }
    signes = sum(len(paragraphe.texte) for paragraphe in textes[0].paragraphes)
    rapport = jouer(achat, textes[0])
    print(
        f"{options.lots} lots, {options.pages} pages, {signes} signes, "
        f"{len(rapport.joues)} contrôles joués.\n"
    )
    afficher(series)
    print(f"\nPremier contrôle, tables et motifs chargés à ce moment : {premiere * 1000:.0f} ms.")
    if not options.sans_ecrans:
        afficher(ouvrir_les_ecrans(options.lots, options.fois))
    return 0 if len(rapport.joues) >= 50 else 1


def ouvrir_les_ecrans(lots: int, fois: int) -> dict[str, list[float]]:
    """Chaque page en alternance avec le repère : une machine occupée les ralentit ensemble.

    La première passe chauffe.
    """
    with tempfile.TemporaryDirectory(prefix="beffroi-banc-") as dossier:
        gestes = banc_panneau.gestes(lots, Path(dossier))
        passes = [
            {nom: chronometrer(geste) for nom, geste in gestes.items()} for _ in range(fois + 1)
        ]
    return {nom: [passe[nom] for passe in passes[1:]] for nom in gestes}


def afficher(series: dict[str, list[float]]) -> None:
    """Une table par série ; la première ligne est le repère."""
    repere = statistics.median(next(iter(series.values())))
    print("\n| | médiane, ms | au plus, ms | rapport au repère |")
    print("|---|---|---|---|")
    for nom, durees in series.items():
        mediane = statistics.median(durees)
        print(
            f"| {nom} | {mediane * 1000:.1f} | {max(durees) * 1000:.1f} | {mediane / repere:.1f} |"
        )


def jouer(achat: Achat, texte: Texte | None) -> Rapport:
    return controler(achat, texte, Droit.au(JOUR), MAINTENANT)


def lire_nu(texte: Texte) -> None:
    for paragraphe in texte.paragraphes:
        plier(paragraphe.texte)


def copies(textes: list[Texte]) -> list[Texte]:
    """D'autres mots : ce que le repère plie ne doit pas servir au contrôle qui suit."""
    return [
        replace(
            texte,
            paragraphes=tuple(replace(p, texte=f"Repère. {p.texte}") for p in texte.paragraphes),
        )
        for texte in textes
    ]


def consultation(lots: int) -> Achat:
    criteres = (
        Critere(nom="Prix", sorte="prix", poids=Decimal(60)),
        Critere(nom="Performance environnementale", sorte="environnement", poids=Decimal(40)),
    )
    return Achat(
        reference="2026-0142",
        titre="Fournitures des écoles",
        objet="Fournitures scolaires, mobilier et jeux.",
        acheteur=Acheteur(nom="Commune de Bomy", siret="21620150900017"),
        prestation="fournitures",
        procedure="appel_offres_ouvert",
        valeur_estimee=Decimal(10_000 * lots),
        dates=Dates(envoi_de_l_avis=JOUR, limite=LIMITE),
        plateforme=Plateforme(
            adresse="https://marches.example.fr/",
            adresse_de_la_consultation="https://marches.example.fr/consultations/1/",
        ),
        allotissement=Allotissement(
            lots=tuple(
                Lot(
                    numero=n,
                    intitule=f"Famille {n}",
                    code_cpv="39160000",
                    montant_estime=Decimal(10_000),
                    criteres=criteres,
                )
                for n in range(1, lots + 1)
            )
        ),
    )


def besoin(lots: int) -> Besoin:
    return Besoin(
        prestation="fournitures",
        montant_ht=Decimal(10_000 * lots),
        jour=JOUR,
        lots=tuple(LotDuBesoin(numero=n, montant_ht=Decimal(10_000)) for n in range(1, lots + 1)),
    )


def reglement(pages: int, *, lots: int, tirage: int) -> Texte:
    """Un règlement que rien n'a encore lu :
    chaque tirage a ses propres mots, pour qu'aucune mémoire ne l'aide.
    """
    lignes = [f"Lot n° {n} : Famille {n}, tirage {tirage}" for n in range(1, lots + 1)]
    lignes += [
        f"Critères du lot {n} : prix 60 %, performance environnementale 40 %."
        for n in range(1, lots + 1)
    ]
    rang = 0
    while len(lignes) < pages * LIGNES_PAR_PAGE:
        lignes.append(f"{rang}.{tirage} {PHRASES[rang % len(PHRASES)]}")
        rang += 1
    return Texte(
        sorte="pdf",
        paragraphes=tuple(
            Paragraphe(numero=n, texte=ligne, page=1 + n // LIGNES_PAR_PAGE)
            for n, ligne in enumerate(lignes, start=1)
        ),
    )


def chronometrer(action: Callable[[], object]) -> float:
    debut = time.perf_counter()
    action()
    return time.perf_counter() - debut
