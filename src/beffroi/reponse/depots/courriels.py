"""Les courriels du dépôt. Un courriel n'est qu'une copie : le récépissé est en ligne, toujours."""

from datetime import datetime

from django.conf import settings

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import ce_qui_reste
from beffroi.reponse.depots.acces import personnes_a_prevenir
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.socle.fondations.services import ecrire_courriel
from formats import dates, tailles

FICHIERS_LISTES = 300


def ecrire_l_accuse(pli: Pli, *, par: Utilisateur, le: datetime) -> None:
    """L'accusé de réception et ses cinq mentions (CCP,
    annexe 7, art. 2, III), PDF et ZIP joints.
    """
    delai = " (hors délai)" if pli.hors_delai else ""
    ecrire_courriel(
        cle=f"accuse:{pli.reference}",
        destinataire=par.courriel,
        sujet=f"Récépissé {pli.reference}{delai} : {pli.consultation.titre}",
        texte=texte_de_l_accuse(pli, par=par),
        maintenant=le,
        pieces=[
            piece(f"{pli.reference}.pdf", "application/pdf", "pdf_du_recu", pli),
            piece(f"{pli.reference}-recu.zip", "application/zip", "archive_du_recu_de", pli),
        ],
    )


def piece(nom: str, type_de_contenu: str, fabrique: str, pli: Pli) -> dict[str, object]:
    return {
        "nom": nom,
        "type": type_de_contenu,
        "fabrique": f"beffroi.reponse.depots.recepisse.{fabrique}",
        "arguments": [pli.reference],
    }


def texte_de_l_accuse(pli: Pli, *, par: Utilisateur) -> str:
    consultation = pli.consultation
    situation = (
        (
            "Elle est arrivée après la date limite : elle est reçue et marquée hors délai. "
            "L'acheteur décidera."
        )
        if pli.hors_delai
        else "Elle est arrivée dans les délais."
    )
    lignes = [
        f"Votre réponse est déposée. {situation}",
        "",
        f"Numéro du récépissé : {pli.reference}",
        f"Déposant : {pli.entreprise.nom}, {pli.etablissement.identifiant}, par {par.nom}",
        f"Acheteur : {consultation.organisme.nom}, SIRET {consultation.organisme.siret}",
        f"Consultation : {consultation.reference}, {consultation.titre}",
        f"Objet : {consultation.objet}",
        f"Reçue le : {dates.jour_et_heure(pli.recu_le, exacte=True)}",
        f"Date limite : {dates.jour_et_heure(pli.date_limite)}",
        *([f"Elle remplace la réponse {pli.remplace.reference}."] if pli.remplace else []),
        "",
        "Documents reçus :",
        *liste_des_documents(pli),
        "",
        "Le récépissé joint (PDF et ZIP) se vérifie sans nous : tout est dans VERIFIER.txt.",
        f"En ligne : {settings.ADRESSE_PUBLIQUE}/depots/{pli.reference}/",
        *signature(),
    ]
    return "\n".join(lignes)


def liste_des_documents(pli: Pli) -> list[str]:
    """La liste détaillée des documents ; au-delà de trois cents, la suite est dans le PDF joint."""
    lignes: list[str] = []
    for enveloppe in pli.enveloppes.all():
        lignes += [
            f"- {enveloppe} : {f.nom} ({tailles.humaniser(f.taille)})"
            for f in enveloppe.fichiers.all()
        ]
    reste = len(lignes) - FICHIERS_LISTES
    return (
        lignes
        if reste <= 0
        else [*lignes[:FICHIERS_LISTES], f"- et {reste} autres, listés dans le PDF joint."]
    )


def ecrire_le_retrait(pli: Pli, *, par: Utilisateur, le: datetime) -> None:
    lignes = [
        (
            f"Votre réponse {pli.reference} est retirée, "
            f"le {dates.jour_et_heure(le, exacte=True)}, par {par.nom}."
        ),
        f"Consultation : {pli.consultation.reference}, {pli.consultation.titre}.",
        "Elle reste scellée et ne sera pas ouverte.",
        *ce_qui_reste.phrases(pli),
        (
            "Vous pouvez déposer de nouveau : "
            f"{settings.ADRESSE_PUBLIQUE}/consultations/{pli.consultation.reference}/"
        ),
        *signature(),
    ]
    ecrire_courriel(
        cle=f"retrait:{pli.reference}",
        destinataire=par.courriel,
        sujet=f"Réponse {pli.reference} retirée : {pli.consultation.titre}",
        texte="\n".join(lignes),
        maintenant=le,
    )


def ecrire_le_rappel(brouillon: BrouillonDeReponse, *, instant: datetime, le: datetime) -> None:
    """« Envoyé mais pas déposé » : la même clé n'écrit qu'un courriel par échéance."""
    consultation = brouillon.consultation
    limite = brouillon.date_limite or le
    passee = instant >= limite
    alerte = (
        (
            "La date limite est passée. Vous pouvez encore déposer : "
            "la réponse sera marquée hors délai."
        )
        if passee
        else f"La date limite est le {dates.jour_et_heure(limite)}."
    )
    lignes = [
        f"Vos fichiers sont envoyés, mais votre réponse {brouillon.reference} n'est pas déposée.",
        alerte,
        f"Consultation : {consultation.reference}, {consultation.titre}.",
        "Pour que l'acheteur la reçoive, cliquez sur « Déposer » :",
        f"{settings.ADRESSE_PUBLIQUE}/reponses/{brouillon.reference}/",
        *signature(),
    ]
    for personne in personnes_a_prevenir(brouillon):
        suite = "" if personne == brouillon.commence_par else f":{personne.reference}"
        ecrire_courriel(
            cle=f"rappel:{brouillon.reference}:{instant.isoformat()}{suite}",
            destinataire=personne.courriel,
            sujet=f"Pas encore déposé : {consultation.titre}",
            texte="\n".join(lignes),
            maintenant=le,
        )


def signature() -> list[str]:
    service = settings.SERVICE
    return [
        "",
        f"{service['exploitant']}",
        f"Assistance : {service['telephone']}, {service['horaires']}",
    ]
