"""L'achèvement de la démonstration :
un appel d'offres en deux lots signé, l'avis d'un lot parti, l'autre encore dû.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse import services as analyse
from beffroi.choix.attribution import services as attribution
from beffroi.choix.attribution.services import FaitsDUneSuite, ProjetDAttribution, Relecture
from beffroi.choix.attribution.soumissionnaires import soumissionnaires
from beffroi.choix.commissions.services import dispenser
from beffroi.contrat.achevement import services
from beffroi.contrat.achevement.redaction import DITS
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services import contrats, naissance
from beffroi.publicite.avis import services as avis
from beffroi.publicite.avis.queries import coordonnees_de
from demo import analyses, documents, dumes, marches, seances
from demo.contrats import signer
from demo.personnages import SOCIETES
from demo.peuplement import Troupe
from demo.reponses import repondre
from formats.dates import PARIS

MAISON_DE_SANTE = replace(
    marches.TOITURE,
    titre="Construction de la maison de santé",
    objet="La commune construit une maison de santé de 640 m², pour six praticiens.",
    code_cpv="45215100-8",
    type_de_procedure="appel_offres_ouvert",
    lots=("Gros œuvre", "Menuiseries extérieures"),
    articles={"objet": "Maison de santé, 640 m².", "délai": "Quatorze mois."},
    questions_jusqu_a=10,
)
SOUMISSIONNAIRES = (("sophie", "faitage"), ("zoe", "zingueurs"))
RETENUES = {1: ("zingueurs", Decimal("648200.00")), 2: ("zingueurs", Decimal("212750.00"))}
REJET = FaitsDUneSuite(
    2, Decimal("78.5"), "Votre méthode pour tenir les abords obtient 9 points sur 20."
)
TRIBUNAL = {
    "tribunal": "Tribunal administratif de Lille",
    "tribunal_siret": "17590034400019",
    "tribunal_code_postal": "59014",
    "tribunal_ville": "Lille",
    "tribunal_code_nuts": "FRE11",
    "tribunal_courriel": "greffe@lille.example",
    "tribunal_telephone": "03 59 54 23 42",
}
TERMES = contrats.Termes(
    numero="2026-031",
    objet="Maison de santé, gros œuvre",
    prestation="travaux",
    procedure="appel_offres_ouvert",
    montant=Decimal(1),
    duree_en_mois=14,
    forme_de_prix="forfaitaire",
    ccag="Travaux",
    code_cpv="45215100",
    lieu="62960",
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    """Les lettres sont parties il y a seize jours :
    l'attente est finie, les deux contrats sont signés.
    """
    consultation = offres_ouvertes(troupe, limite=le - timedelta(days=18))
    par = troupe.personnes["martine"]
    choix = analyse.ChoixDeGrille(
        echelle=Decimal(10), formule="proportionnelle", recopies=analyses.CRITERES
    )
    for lot in RETENUES:
        analyse.arreter_la_grille(
            consultation=consultation,
            lot=lot,
            choix=choix,
            par=par,
            maintenant=le - timedelta(days=17, hours=12),
        )
    attribuer(consultation, troupe, le=le - timedelta(days=17))
    envoyer_les_lettres(consultation, troupe, le=le - timedelta(days=16))
    for lot, numero, objet in (
        (1, "2026-031", TERMES.objet),
        (2, "2026-032", "Maison de santé, menuiseries"),
    ):
        conclure(
            consultation,
            lot,
            replace(TERMES, numero=numero, objet=objet),
            troupe,
            le=le - timedelta(days=4),
        )
    annoncer(consultation, troupe, le=le - timedelta(days=2))
    dits = {
        **dict.fromkeys(DITS, ""),
        "etudes": "Le programmiste a remis son étude à toutes les entreprises, avec le dossier.",
    }
    rapport = services.etablir_le_rapport(
        consultation=consultation, complements=dits, par=par, maintenant=le - timedelta(days=1)
    )
    au_prefet = services.Envoi("prefet", rapport.etabli_le.astimezone(PARIS).date())
    services.noter_la_communication(
        rapport=rapport, envoi=au_prefet, par=par, maintenant=le - timedelta(hours=20)
    )


def offres_ouvertes(troupe: Troupe, *, limite: datetime) -> Consultation:
    debut = limite - timedelta(days=38)
    consultation = marches.rediger(MAISON_DE_SANTE, troupe, le=debut, limite=limite)
    consultation = marches.publier(
        consultation, troupe, ("martine", "helene", "bernard"), le=debut + timedelta(days=1)
    )
    for rang, (qui, chez) in enumerate(SOUMISSIONNAIRES, start=1):
        nom = next(societe.nom for societe in SOCIETES if societe.cle == chez)
        candidature = {
            "candidature.pdf": documents.pdf("Lettre de candidature", nom, objet=consultation.titre)
        }
        acte = {
            "acte-engagement.pdf": documents.pdf(
                "Acte d'engagement", nom, prix="Voir le bordereau."
            )
        }
        offres: dict[int | None, dict[str, bytes]] = dict.fromkeys(RETENUES, acte)
        depose = limite - timedelta(hours=rang)
        if chez == "faitage":
            equipe, gerant = troupe.equipes[chez], ("Sophie", "Merlin")
            candidature["DUME.xml"] = dumes.dume_de(equipe, consultation, gerant=gerant, le=depose)
        repondre(
            consultation,
            troupe,
            qui=qui,
            chez=chez,
            le=depose,
            candidature=candidature,
            offres=offres,
        )
    seances.depouiller(
        consultation, troupe, preside="helene", avec="bernard", le=limite + timedelta(hours=5)
    )
    consultation.refresh_from_db()
    return consultation


def attribuer(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    for lot, (chez, montant) in RETENUES.items():
        choisie = troupe.equipes[chez]
        pli = next(s.pli for s in soumissionnaires(consultation, lot) if s.equipe == choisie)
        projet = ProjetDAttribution(
            pli=pli,
            montant=montant,
            motif="Offre économiquement la plus avantageuse : la première au prix et à la méthode.",
            avantages="Un chantier tenu par la même équipe du début à la fin.",
        )
        dispenser(
            consultation=consultation,
            lot=lot,
            motif=(
                "La commission a choisi en salle, hors du logiciel ; "
                "son procès-verbal est aux archives."
            ),
            par=troupe.personnes["martine"],
            maintenant=le - timedelta(minutes=10),
        )
        attribution.attribuer(
            consultation=consultation,
            lot=lot,
            projet=projet,
            par=troupe.personnes["martine"],
            maintenant=le,
        )


def envoyer_les_lettres(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    par = troupe.personnes["martine"]
    for lettre in attribution.preparer_les_lettres(
        consultation=consultation, par=par, maintenant=le
    ):
        faits = {
            suite.pk: REJET for suite in lettre.suites.all() if suite.issue == suite.Issue.REJETEE
        }
        precisee = attribution.preciser(lettre=lettre, faits=faits, par=par, maintenant=le)
        attribution.relire(
            lettre=precisee, relecture=Relecture(precisee.texte), par=par, maintenant=le
        )
    attribution.envoyer_les_lettres(
        consultation=consultation, par=par, maintenant=le + timedelta(minutes=20)
    )


def conclure(
    consultation: Consultation, lot: int, termes: contrats.Termes, troupe: Troupe, *, le: datetime
) -> Marche:
    par = troupe.personnes["martine"].acteur
    marche = naissance.ouvrir(
        consultation=consultation, lot=lot, termes=termes, par=par, maintenant=le
    )
    for partie in ("titulaire", "acheteur"):
        marche = signer(marche, partie, troupe, le=le + timedelta(hours=1))
    return marche


def annoncer(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """L'avis du gros œuvre, parti au Journal officiel de l'Union européenne, preuve gardée.

    Le tribunal n'est dit que le temps de cet avis :
    la publicité d'une autre consultation montre encore qu'il manque.
    """
    martine = troupe.personnes["martine"]
    connues = coordonnees_de(consultation.organisme)
    champs = {
        champ.name: getattr(connues, champ.name)
        for champ in connues._meta.fields
        if champ.name != "organisme"
    }
    dites = {nom: dit for nom, dit in champs.items() if isinstance(dit, str)}
    garder: dict[str, Any] = {"organisme": consultation.organisme, "par": martine.acteur}
    avis.noter_les_coordonnees(champs={**dites, **TRIBUNAL}, maintenant=le, **garder)
    siret = troupe.equipes["zingueurs"].identifiant
    complements = {
        "recues_1": 2,
        "pme_1": 2,
        "electroniques_1": 2,
        "eee_1": 0,
        "tiers_1": 0,
        "sous_traitance_1": "non",
        f"code_postal_{siret}": "62120",
        f"ville_{siret}": "Aire-sur-la-Lys",
        f"nuts_{siret}": "FRE12",
        f"taille_{siret}": "small",
    }
    ecrit = services.ecrire_l_avis(
        consultation=consultation,
        numeros=(1,),
        complements=complements,
        forme="europeenne",
        par=martine,
        maintenant=le,
    )
    avis.noter_les_coordonnees(champs=dites, maintenant=le + timedelta(minutes=30), **garder)
    acte: dict[str, Any] = {"par": martine.acteur, "maintenant": le + timedelta(hours=2)}
    parution = avis.preparer_une_parution(avis=ecrit, support="joue", voie="manuelle", **acte)
    avis.declarer_l_envoi(
        parution=parution,
        envoyee_le=le + timedelta(hours=1),
        preuve=documents.pdf("Accusé de réception", "eNotices", objet="Avis d'attribution reçu."),
        nom="accuse-de-reception.pdf",
        **acte,
    )
