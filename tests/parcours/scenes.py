"""Ce que le parcours ne vit pas, écrit par les services dans une démonstration :
des réponses closes, un brouillon prêt.

python -m tests.parcours.scenes POLITIQUE [retard] [procédure] → la référence et les fichiers, en
JSON. python -m tests.parcours.scenes avec-les-prix → la référence d'une consultation close, trois
bordereaux à comparer. python -m tests.parcours.scenes prete → la référence d'un brouillon que l'on
peut publier, son avis national dû, non préparé.
"""

import base64
import json
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from beffroi.commandes.cli.demo import reglages
from tests.plateforme import Plateforme
from tests.serveurs import souche

PRETE = "prete"
AVEC_LES_PRIX = "avec-les-prix"
DEUX_EQUIPES = "deux-equipes"
A_LEUR_TERME = "a-leur-terme"
CANDIDATURE = {
    "Lettre de candidature (été).pdf": b"%PDF-1.7 candidature " + bytes(range(256)) * 300
}
OFFRE = {"Acte d'engagement.pdf": b"%PDF-1.7 acte " + b"\x00\xff" * 70_000, "à compléter.txt": b""}
REPONSES = (("sophie", "faitage"), ("zoe", "zingueurs"))
CANDIDATS = (*REPONSES, ("emile", "etoile"))


@dataclass(frozen=True)
class ConsultationClose:
    """Ce qui attend d'être ouvert, et tout ce qui doit en sortir."""

    reference: str
    fichiers: list[tuple[str, bytes]]


def consultation_close(
    plateforme: Plateforme, *, politique: str, retard: bool = False, procedure: str = ""
) -> ConsultationClose:
    """Publiée il y a un mois, fermée depuis une heure,
    deux réponses, et une troisième hors délai si on la demande.

    Avec une procédure en deux temps, trois candidatures, sans offre.
    """
    dit = _ecrire(plateforme, politique, "retard" if retard else "", procedure)
    return ConsultationClose(
        dit["reference"], [(nom, base64.b64decode(octets)) for nom, octets in dit["fichiers"]]
    )


def consultation_prete(plateforme: Plateforme) -> str:
    """La référence d'un brouillon aux clés essayées,
    que rien n'empêche de publier, et dont l'avis national reste dû.
    """
    return str(_ecrire(plateforme, PRETE)["reference"])


def consultation_aux_prix_a_comparer(plateforme: Plateforme) -> str:
    """Fermée depuis une heure ; trois offres ont un bordereau XLSX :
    une juste, une où une quantité est changée, une basse.
    """
    return str(_ecrire(plateforme, AVEC_LES_PRIX)["reference"])


def consultation_de_deux_equipes(plateforme: Plateforme) -> str:
    """Fermée depuis une heure ; une inconnue y a répondu après Sophie, sous le même SIRET."""
    return str(_ecrire(plateforme, DEUX_EQUIPES)["reference"])


def mener_tout_a_son_terme(plateforme: Plateforme) -> int:
    """Ce qui court à Bomy est déclaré sans suite, et rien n'y est plus gelé :
    combien de procédures ont fini ainsi.

    L'horloge ne s'avance pas :
    les heures limites à venir sont reculées, et un acte engage ce changement.
    """
    return int(_ecrire(plateforme, A_LEUR_TERME)["finies"])


def _ecrire(plateforme: Plateforme, *arguments: str) -> dict[str, Any]:
    ou = reglages(Path(plateforme.dossier).resolve(), plateforme.adresse)
    fait = souche.beffroi(*arguments, programme="tests.parcours.scenes", **ou)
    assert fait.returncode == 0, fait.stderr
    dit: dict[str, Any] = json.loads(fait.stdout)
    return dit


def ecrire_la_consultation_prete() -> dict[str, Any]:
    from decimal import Decimal

    from beffroi.achat.preparation.rules.reponses import Exigences, Montant
    from beffroi.achat.preparation.services import repondre
    from beffroi.achat.redaction.services import ecrire_les_documents, mettre_au_dossier
    from beffroi.socle.fondations.horloge import maintenant
    from demo import cles, marches
    from demo.preparations import repondre_pour
    from droit.achat import CopieDeSauvegarde

    le, troupe = maintenant(), la_troupe()
    martine = troupe.personnes["martine"]
    marche = marches.TOITURE
    limite = (le + timedelta(days=40)).replace(hour=11, minute=0, second=0, microsecond=0)
    consultation = marches.rediger(marche, troupe, le=le, limite=limite)
    repondre_pour(consultation, troupe, envoi=le.date(), le=le)
    copie = CopieDeSauvegarde(adresse="1 place de la Mairie", horaires="de 9 h à 12 h")
    for reponse in (
        Montant(estime=Decimal(150_000), duree_en_mois=4),
        Exigences(copie_de_sauvegarde=copie),
    ):
        repondre(consultation=consultation, reponse=reponse, par=martine.acteur, maintenant=le)
    consultation.refresh_from_db()
    ecrits = ecrire_les_documents(consultation, le=le)
    mettre_au_dossier(consultation=consultation, ecrits=ecrits, par=martine.acteur, maintenant=le)
    cles.ceremonie(consultation, troupe, marche.membres, par=martine, le=le)
    return {"reference": consultation.reference}


def ecrire_la_consultation(politique: str, retard: str = "", procedure: str = "") -> dict[str, Any]:
    from dataclasses import replace

    from beffroi.socle.fondations.horloge import maintenant
    from demo import marches
    from demo.reponses import repondre

    limite = maintenant() - timedelta(hours=1)
    debut = limite - timedelta(days=30)
    troupe = la_troupe()
    marche = replace(marches.VOIRIE, politique=politique)
    if procedure:
        marche = replace(marche, type_de_procedure=procedure)
    consultation = marches.rediger(marche, troupe, le=debut, limite=limite)
    consultation = marches.publier(consultation, troupe, marches.VOIRIE.membres, le=debut)
    fichiers = []
    for rang, (qui, chez) in enumerate(CANDIDATS if procedure else REPONSES):
        propre = {} if procedure else {nom: octets + chez.encode() for nom, octets in OFFRE.items()}
        depose = limite - timedelta(minutes=30 - rang)
        offres = {None: propre} if propre else {}
        repondre(
            consultation,
            troupe,
            qui=qui,
            chez=chez,
            le=depose,
            candidature=CANDIDATURE,
            offres=offres,
        )
        fichiers += [*CANDIDATURE.items(), *propre.items()]
    if retard:
        depose = limite + timedelta(seconds=29)
        repondre(
            consultation,
            troupe,
            qui="emile",
            chez="etoile",
            le=depose,
            candidature=CANDIDATURE,
            offres={None: OFFRE},
        )
    return {
        "reference": consultation.reference,
        "fichiers": [(nom, base64.b64encode(octets).decode()) for nom, octets in fichiers],
    }


ENTETES = (
    "N°",
    "Désignation des prestations",
    "Unité",
    "Quantité",
    "Prix unitaire HT",
    "Montant HT",
)
CADRE = (
    ("1.1", "Dépose de la chaussée", "m²", 1200),
    ("1.2", "Couche de base", "m²", 1200),
    ("2.1", "Bordures de trottoir", "ml", 300),
)
# Les prix unitaires de chacune ;
# Les Zingueurs changent la quantité de la dernière ligne, et la Belle-Étoile est très basse.
PRIX = {"faitage": (12, 40, 20), "zingueurs": (11, 42, 22), "etoile": (6, 18, 9)}


def bordereau(prix: tuple[int, ...] = (), *, changee: bool = False) -> bytes:
    """Le cadre de l'acheteur, vide ou rempli ; une quantité diffère si on le demande."""
    from formats.tests.bordereaux_ecrits import xlsx

    quantites = [
        quantite if rang < 2 or not changee else 250 for rang, (*_, quantite) in enumerate(CADRE)
    ]
    rangees = [
        (*ligne[:3], quantite, *((prix[rang], prix[rang] * quantite) if prix else ("", "")))
        for rang, (ligne, quantite) in enumerate(zip(CADRE, quantites, strict=True))
    ]
    total = (
        sum(unitaire * quantite for unitaire, quantite in zip(prix, quantites, strict=True))
        if prix
        else ""
    )
    return xlsx(ENTETES, *rangees, ("", "Total HT", "", "", "", total))


def ecrire_les_offres_aux_prix() -> dict[str, Any]:
    import io

    from beffroi.achat.consultations.services import ajouter_piece
    from beffroi.socle.fondations.horloge import maintenant
    from demo import marches
    from demo.reponses import repondre

    limite = maintenant() - timedelta(hours=1)
    debut, troupe = limite - timedelta(days=30), la_troupe()
    consultation = marches.rediger(marches.VOIRIE, troupe, le=debut, limite=limite)
    ajouter_piece(
        consultation=consultation,
        sorte="prix",
        intitule="Détail estimatif",
        nom="detail-estimatif.xlsx",
        flux=io.BytesIO(bordereau()),
        par=troupe.personnes["martine"].acteur,
        maintenant=debut,
    )
    consultation = marches.publier(consultation, troupe, marches.VOIRIE.membres, le=debut)
    for rang, (qui, chez) in enumerate(CANDIDATS):
        offre = {"detail-estimatif.xlsx": bordereau(PRIX[chez], changee=chez == "zingueurs")}
        depose = limite - timedelta(minutes=30 - rang)
        candidature = {"Lettre de candidature.pdf": b"%PDF-1.7 lettre " + chez.encode()}
        repondre(
            consultation,
            troupe,
            qui=qui,
            chez=chez,
            le=depose,
            candidature=candidature,
            offres={None: offre},
        )
    return {"reference": consultation.reference}


def ecrire_la_reponse_d_une_inconnue() -> dict[str, Any]:
    from beffroi.personnes.comptes.services import creer_utilisateur
    from beffroi.personnes.entreprises.services import inscrire_membre
    from beffroi.socle.fondations.horloge import maintenant
    from demo import marches
    from demo.reponses import repondre

    limite = maintenant() - timedelta(hours=1)
    debut, troupe = limite - timedelta(days=30), la_troupe()
    consultation = marches.rediger(marches.VOIRIE, troupe, le=debut, limite=limite)
    consultation = marches.publier(consultation, troupe, marches.VOIRIE.membres, le=debut)
    inconnue = creer_utilisateur(
        courriel="inconnue@ailleurs.example", nom="Ivana Lentour", maintenant=debut
    )
    troupe.personnes["inconnue"] = inconnue
    troupe.equipes["ailleurs"] = inscrire_membre(
        identifiant=troupe.equipes["faitage"].identifiant,
        nom="Atelier du Faîtage et Fils",
        utilisateur=inconnue,
        par=inconnue.acteur,
        maintenant=debut,
    ).equipe
    for rang, (qui, chez) in enumerate((("sophie", "faitage"), ("inconnue", "ailleurs"))):
        repondre(
            consultation,
            troupe,
            qui=qui,
            chez=chez,
            le=limite - timedelta(minutes=30 - rang),
            candidature=CANDIDATURE,
            offres={None: OFFRE},
        )
    return {"reference": consultation.reference}


def finir_ce_qui_court() -> dict[str, Any]:
    from beffroi.achat.consultations.models import NON_PUBLIEES, Consultation
    from beffroi.achat.consultations.services import declarer_sans_suite
    from beffroi.achat.tours.models import Tour
    from beffroi.garde.archives.models import Gel
    from beffroi.garde.archives.rules import FINIES
    from beffroi.garde.archives.services import lever
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.acteurs import PLATEFORME
    from beffroi.socle.journal.services import engager_les_lignes

    troupe, le = la_troupe(), maintenant()
    publiees = Consultation.toutes.filter(organisme=troupe.organismes["Bomy"]).exclude(
        etat__in=NON_PUBLIEES
    )
    en_cours = [une for une in publiees if une.etat not in FINIES]
    for une in en_cours:
        acteur = troupe.personnes["helene"].acteur
        declarer_sans_suite(
            consultation=une,
            motif="La commune reprend cet achat ailleurs.",
            par=acteur,
            maintenant=le,
        )
    publiees.filter(date_limite_remise__gt=le).update(date_limite_remise=le - timedelta(minutes=1))
    Tour.objects.filter(consultation__in=en_cours, date_limite__gt=le).update(
        date_limite=le - timedelta(minutes=1)
    )
    engager_les_lignes(sujet="essai", par=PLATEFORME, le=le)
    for gel in Gel.objects.filter(leve_le=None):
        lever(
            gel=gel, motif="Le contrôle est clos.", par=troupe.personnes["martine"], maintenant=le
        )
    return {"finies": len(en_cours)}


def la_troupe() -> Any:
    """Les personnages déjà en base, tels que l'histoire de la démonstration les a créés."""
    from beffroi.personnes.comptes.models import Utilisateur
    from beffroi.personnes.entreprises.models import Equipe
    from beffroi.personnes.organismes.models import Organisme
    from demo.personnages import AGENTS, ENTREPRENEURS, GARDIENS, SOCIETES, communes
    from demo.peuplement import Troupe

    personnages = (*AGENTS, *(gardien for gardien, *_ in GARDIENS), *ENTREPRENEURS)
    return Troupe(
        personnes={p.cle: Utilisateur.objects.get(courriel=p.courriel) for p in personnages},
        organismes={
            nom: Organisme.objects.get(siret=commune.siret) for nom, commune in communes().items()
        },
        equipes={
            societe.cle: Equipe.objects.filter(identifiant=societe.siret).earliest("pk")
            for societe in SOCIETES
        },
    )


def principal(arguments: list[str]) -> int:
    import django

    django.setup()
    from django.db import transaction

    scenes = {
        PRETE: ecrire_la_consultation_prete,
        AVEC_LES_PRIX: ecrire_les_offres_aux_prix,
        A_LEUR_TERME: finir_ce_qui_court,
        DEUX_EQUIPES: ecrire_la_reponse_d_une_inconnue,
    }
    demandee = scenes.get(arguments[0]) if len(arguments) == 1 else None
    # D'un seul tenant :
    # l'ouvrier, qui tourne, noterait la clôture entre deux réponses écrites après coup.
    with transaction.atomic():
        ecrite = demandee() if demandee else ecrire_la_consultation(*arguments)
    sys.stdout.write(json.dumps(ecrite))
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
