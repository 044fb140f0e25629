"""Lire les avis et leurs parutions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from beffroi.avis import rules
from beffroi.avis.models import Avis, CoordonneesDAvis, Parution, VerificationDAvis
from beffroi.consultations.lecture import lu_une_fois
from beffroi.consultations.models import Consultation
from beffroi.organismes.models import Organisme
from beffroi.preparation import queries as preparation
from beffroi.socle.erreurs import Introuvable
from beffroi.socle.taches import attend
from droit.decision import Decision
from droit.en_vigueur import Droit, DroitInconnu
from formats.dates import jour


@lu_une_fois
def avis_de(consultation: Consultation) -> list[Avis]:
    """Les avis de cette consultation, du premier au dernier, avec leurs parutions."""
    return list(Avis.objects.filter(consultation=consultation).prefetch_related("parutions"))


def avis_publics(consultation: Consultation) -> list[Avis]:
    """Ce que tout le monde lit ici, une fois la consultation publiée : le dernier avis initial de chaque forme, puis les
    rectificatifs et les annulations partis. Un rectificatif rédigé d'office attend qu'une personne l'envoie.
    """
    ecrits = avis_de(consultation)
    initiaux = {avis.forme: avis for avis in ecrits if avis.sorte == Avis.Sorte.INITIAL}
    return [
        avis
        for avis in ecrits
        if avis in initiaux.values()
        or (avis.sorte != Avis.Sorte.INITIAL and any(p.envoyee_le is not None for p in avis.parutions.all()))
    ]


def a_rectifier(consultation: Consultation) -> list[Avis]:
    """Les avis partis qui annoncent encore une autre heure limite que celle de la consultation."""
    if consultation.publiee_le is None or consultation.sans_suite_le is not None:
        return []
    limite = consultation.date_limite_remise
    return [avis for avis in avis_en_vigueur(consultation) if avis.structure.remise.limite != limite]


def avis_pour(consultation: Consultation, reference: str) -> Avis:
    """Un avis de cette consultation, introuvable depuis une autre."""
    avis = Avis.objects.filter(consultation=consultation, reference=reference).select_related("change").first()
    if avis is None:
        raise Introuvable()
    return avis


def parution_pour(consultation: Consultation, reference: str) -> Parution:
    parutions = Parution.objects.filter(avis__consultation=consultation, reference=reference)
    parution = parutions.select_related("avis__consultation__organisme").first()
    if parution is None:
        raise Introuvable()
    return parution


def envoi_abandonne(parution: Parution) -> bool:
    """La file a tant recommencé qu'elle s'est arrêtée : l'envoi ne repartira pas seul."""
    return parution.etat == Parution.Etat.EN_ENVOI and not attend("beffroi.avis.taches.transmettre", parution.reference)


def a_envoyer(consultation: Consultation) -> list[Avis]:
    """Les derniers avis de chaque forme qui ne sont partis nulle part : un rectificatif rédigé d'office, un avis oublié."""
    derniers = {avis.forme: avis for avis in avis_de(consultation)}
    attend = (Parution.Etat.PREPAREE, Parution.Etat.REFUSEE)
    return [avis for avis in derniers.values() if all(parution.etat in attend for parution in avis.parutions.all())]


def avis_a_envoyer(consultations: Iterable[Consultation]) -> list[Avis]:
    """Les rectificatifs et les annulations qui ne sont partis nulle part, et qu'aucun autre n'a remplacés."""
    prets = Avis.objects.filter(consultation__in=list(consultations), changements=None)
    partis = [etat for etat in Parution.Etat if etat not in (Parution.Etat.PREPAREE, Parution.Etat.REFUSEE)]
    prets = prets.exclude(sorte=Avis.Sorte.INITIAL).exclude(parutions__etat__in=partis)
    return list(prets.select_related("consultation"))


def est_parti(consultation: Consultation, forme: str) -> bool:
    """Un avis initial de cette forme a été envoyé, ou la plateforme l'envoie."""
    parties = Parution.objects.filter(
        avis__consultation=consultation, avis__sorte=Avis.Sorte.INITIAL, avis__forme=forme
    )
    return parties.exclude(etat__in=[Parution.Etat.PREPAREE, Parution.Etat.REFUSEE]).exists()


def coordonnees_de(organisme: Organisme) -> CoordonneesDAvis:
    """Celles que l'organisme a données ; neuves et non gardées sinon."""
    return CoordonneesDAvis.objects.filter(organisme=organisme).first() or CoordonneesDAvis(organisme=organisme)


def verification_de(avis: Avis) -> VerificationDAvis | None:
    return VerificationDAvis.objects.filter(avis=avis).first()


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


def envoi_au_joue(consultation: Consultation, *, le: datetime) -> rules.EnvoiAuJoue | None:
    """Où en est l'avis européen initial ; rien si la consultation n'en a pas à envoyer.

    Un avis réécrit avant son envoi a pu laisser une parution préparée : la plus avancée répond.
    """
    parutions = list(
        Parution.objects.filter(
            avis__consultation=consultation, avis__sorte=Avis.Sorte.INITIAL, support=Parution.Support.JOUE
        )
    )
    if not parutions and "JOUE" not in supports_dus(consultation, le=le):
        return None
    return rules.EnvoiAuJoue(
        envoye_le=_premier(parution.envoyee_le for parution in parutions),
        confirme_le=_premier(parution.confirmee_le for parution in parutions),
        paru_le=_premier(parution.parue_le for parution in parutions),
    )


def _premier(instants: Iterable[datetime | None]) -> datetime | None:
    return min((instant for instant in instants if instant is not None), default=None)


def supports_dus(consultation: Consultation, *, le: datetime) -> tuple[str, ...]:
    """Où cet achat s'annonce, d'après ses réponses et les choix de l'acheteur ; rien d'une consultation sans préparation."""
    if preparation.preparation_de(consultation).pk is None:
        return ()
    try:
        return tuple(preparation.achat_de(consultation, le=le).publicite.supports)
    except DroitInconnu:
        return ()


def peut_paraitre_ailleurs(consultation: Consultation, *, maintenant: datetime) -> Decision:
    """L'attente du JOUE, d'après les tables de la loi au jour de la confirmation."""
    joue = envoi_au_joue(consultation, le=maintenant)
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


def coordonnees_par_siret(sirets: Sequence[str]) -> dict[str, CoordonneesDAvis]:
    """Celles des membres d'un groupement : un avis les publie de toute façon."""
    trouvees = CoordonneesDAvis.objects.filter(organisme__siret__in=sirets).select_related("organisme")
    return {coordonnees.organisme.siret: coordonnees for coordonnees in trouvees}
