"""Lire les avis et leurs parutions."""

from datetime import datetime

from beffroi.avis import rules
from beffroi.avis.models import Avis, Parution
from beffroi.consultations.models import Consultation
from droit.decision import Decision
from droit.en_vigueur import Droit
from formats.dates import jour


def avis_de(consultation: Consultation) -> list[Avis]:
    """Les avis de cette consultation, du premier au dernier, avec leurs parutions."""
    return list(Avis.objects.filter(consultation=consultation).prefetch_related("parutions"))


def avis_en_vigueur(consultation: Consultation) -> list[Avis]:
    """Le dernier avis de chaque forme, celui qu'un changement rectifie ; aucun pour une forme annulée."""
    derniers = {avis.forme: avis for avis in Avis.objects.filter(consultation=consultation)}
    return [avis for avis in derniers.values() if avis.sorte != Avis.Sorte.ANNULATION]


def publication_de(avis: Avis) -> str:
    """Comment désigner l'avis publié : « BOAMP n° 26-88058 du 24 novembre 2026 », ou sa référence chez nous."""
    parue = avis.parutions.filter(etat=Parution.Etat.PARUE).order_by("parue_le").first()
    if parue is None or parue.parue_le is None:
        return f"avis {avis.reference} du {jour(avis.ecrit_le)}"
    numero = f" n° {parue.numero}" if parue.numero else ""
    return f"{parue.support_lisible}{numero} du {jour(parue.parue_le)}"


def envoi_au_joue(consultation: Consultation) -> rules.EnvoiAuJoue | None:
    """Où en est l'avis européen initial ; rien si la consultation n'en a pas à envoyer."""
    parution = (
        Parution.objects.filter(
            avis__consultation=consultation, avis__sorte=Avis.Sorte.INITIAL, support=Parution.Support.JOUE
        )
        .order_by("preparee_le", "pk")
        .first()
    )
    if parution is None:
        return None
    return rules.EnvoiAuJoue(confirme_le=parution.confirmee_le, paru_le=parution.parue_le)


def peut_paraitre_ailleurs(consultation: Consultation, *, maintenant: datetime) -> Decision:
    """L'attente du JOUE, d'après les tables de la loi au jour de la confirmation."""
    joue = envoi_au_joue(consultation)
    jour = (joue.confirme_le if joue and joue.confirme_le else maintenant).date()
    sorte = "concession" if consultation.est_concession else "marche"
    valeur = Droit.au(jour).valeur(f"avis.attente_du_joue.{sorte}")
    return rules.peut_paraitre_ailleurs(
        joue=joue,
        attente=rules.heures(valeur.valeur),
        maintenant=maintenant,
        concession=consultation.est_concession,
    )


def fichiers_de(avis: Avis) -> dict[str, bytes]:
    """Ce que la personne télécharge pour envoyer elle-même : le texte, et le XML s'il y en a un."""
    fichiers = {f"{avis.reference}.txt": avis.texte.encode()}
    if avis.xml:
        fichiers[f"{avis.reference}.xml"] = avis.xml.encode()
    return fichiers
