"""Calcule les dates d'une procédure, chacune avec son article.

./beffroi droit calendrier --procedure appel_offres_ouvert --envoi 2027-03-02 --electronique
"""

import json
from argparse import ArgumentParser, Namespace
from datetime import date, datetime

from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from droit.calendrier.echeance import Echeance
from droit.calendrier.heures import PARIS
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Calendrier, Etapes, calendrier, etapes_qui_se_suivent
from droit.calendrier.remise import CalendrierSansObjet
from droit.dates import en_toutes_lettres
from droit.en_vigueur import Droit, DroitInconnu

ACHETEURS = ("pouvoir_adjudicateur", "entite_adjudicatrice")
OUI_OU_NON = {
    "--electronique": "les réponses passent par voie électronique",
    "--urgence": "une urgence justifiée réduit le délai",
    "--sans-accord": "les candidats sélectionnés ne s'accordent pas sur une date",
    "--hors-profil": "des documents ne sont pas sur le profil d'acheteur",
    "--alsace-moselle": "compte aussi les jours fériés d'Alsace et de Moselle",
    "--rejet-papier": "le rejet part par une autre voie que l'électronique",
    "--json": "pour un autre programme",
}


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--procedure", required=True, metavar="P", help="par exemple appel_offres_ouvert"
    )
    analyseur.add_argument(
        "--envoi", required=True, type=jour, metavar="DATE", help="envoi de l'avis"
    )
    analyseur.add_argument(
        "--acheteur", choices=ACHETEURS, default=ACHETEURS[0], help=", ".join(ACHETEURS)
    )
    for nom, aide in (
        ("--preinformation", "envoi de l'avis de préinformation"),
        ("--invitation", "envoi de l'invitation à présenter une offre"),
        ("--rejet", "envoi de la dernière lettre de rejet"),
    ):
        analyseur.add_argument(nom, type=jour, metavar="DATE", help=aide)
    for nom, aide in OUI_OU_NON.items():
        analyseur.add_argument(nom, action="store_true", help=aide)


def executer(options: Namespace) -> int:
    droit, etapes = Droit.au(options.envoi), etapes_de(options)
    try:
        trouve = calendrier(
            droit,
            droit.procedure(options.procedure),
            etapes=etapes,
            acheteur=options.acheteur,
            circonstances=circonstances(options),
        )
    except DroitInconnu as inconnu:
        raise ErreurDeCommande(inconnu.phrase) from inconnu
    except CalendrierSansObjet as sans_objet:
        raise ErreurDeCommande(str(sans_objet.args[0])) from sans_objet
    except (OverflowError, ValueError) as erreur:
        raise ErreurDeCommande("Une de ces dates est trop loin pour un calendrier.") from erreur
    print(en_json(trouve, droit) if options.json else en_lignes(trouve, droit))
    return 0


def etapes_de(options: Namespace) -> Etapes:
    etapes = Etapes(
        envoi=options.envoi,
        invitation=options.invitation,
        rejet=options.rejet,
        rejet_electronique=not options.rejet_papier,
    )
    suite = etapes_qui_se_suivent(etapes)
    if not suite.favorable:
        raise ErreurDArguments(f"{suite.motifs[0].texte} Vérifiez ces deux dates.")
    return etapes


def circonstances(options: Namespace) -> Circonstances:
    return Circonstances(
        electronique=options.electronique,
        urgence=options.urgence,
        preinformation=options.preinformation,
        sans_accord=options.sans_accord,
        hors_profil=options.hors_profil,
        alsace_moselle=options.alsace_moselle,
    )


def en_lignes(trouve: Calendrier, droit: Droit) -> str:
    lignes = [
        f"{trouve.procedure.libelle}, avis envoyé le {en_toutes_lettres(trouve.etapes.envoi)}"
    ]
    for echeance in trouve.echeances:
        lignes += [
            "",
            f"{echeance.libelle} {quand(echeance)}",
            *(f"  {motif}" for motif in echeance.pourquoi),
        ]
    if trouve.avertissements:
        lignes += ["", "À savoir", *(f"  {motif}" for motif in trouve.avertissements)]
    lignes += ["", f"Tables : version {droit.version}, empreinte {droit.empreinte}"]
    return "\n".join(lignes)


def quand(echeance: Echeance) -> str:
    if echeance.jour is None:
        return f"(à compter de {echeance.attend})"
    heure = f" à {a_paris(echeance.instant):%H:%M}, heure de Paris" if echeance.instant else ""
    return f"{en_toutes_lettres(echeance.jour)}{heure}{' (proposé)' if echeance.conseil else ''}"


def a_paris(instant: datetime) -> datetime:
    return instant.astimezone(PARIS)


def en_json(trouve: Calendrier, droit: Droit) -> str:
    contenu = {
        "procedure": trouve.procedure.cle,
        "envoi": trouve.etapes.envoi,
        "echeances": [
            {
                "cle": echeance.cle,
                "libelle": echeance.libelle,
                "jour": echeance.jour,
                "instant": echeance.instant and a_paris(echeance.instant),
                "attend": "" if echeance.jour else echeance.attend,
                "conseil": echeance.conseil,
                "articles": [str(source) for source in echeance.sources],
                "pourquoi": [str(motif) for motif in echeance.pourquoi],
            }
            for echeance in trouve.echeances
        ],
        "avertissements": [str(motif) for motif in trouve.avertissements],
        "version": droit.version,
        "empreinte": droit.empreinte,
    }
    return json.dumps(contenu, ensure_ascii=False, indent=2, default=date.isoformat)
