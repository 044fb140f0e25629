"""Les données essentielles que le contrat sait dire :
une fiche pré-remplie, que l'acheteur relit avant de la publier.
"""

from datetime import date, datetime
from decimal import Decimal

from beffroi.achat.preparation.queries import achat_de, est_preparee
from beffroi.contrat.marches import queries
from beffroi.contrat.marches.models import ActeDeSousTraitance, Marche, Modification
from droit.en_vigueur import Droit
from formats import decp
from formats.dates import PARIS

SANS_OBJET = ("Sans objet",)
COMMANDES, SUBSEQUENTS = "Bons de commande", "Marchés subséquents"
MODALITES: dict[str, tuple[str, ...]] = {
    "bons de commande": (COMMANDES,),
    "marchés subséquents": (SUBSEQUENTS,),
    "bons de commande et marchés subséquents": (COMMANDES, SUBSEQUENTS),
}
GROUPEMENTS = {"": "Pas de groupement", "conjoint": "Conjoint", "solidaire": "Solidaire"}
TYPES_DE_PRIX = {
    "ferme": "Définitif ferme",
    "ferme actualisable": "Définitif actualisable",
    "révisable": "Définitif révisable",
}
CENT = Decimal(100)


def fiche(marche: Marche, *, le: datetime) -> decp.Marche | decp.Concession:
    """Lève `DroitInconnu` si la procédure n'est pas des tables. Le contrat est notifié."""
    if marche.notifie_le is None or marche.signe_le is None:
        raise ValueError("Un contrat non notifié n'a pas de données essentielles.")
    publiee = le.astimezone(PARIS).date()
    if marche.est_une_concession:
        return _concession(marche, publiee, signe=marche.signe_le, notifie=marche.notifie_le)
    return _marche(marche, publiee, notifie=marche.notifie_le, le=le)


def _marche(marche: Marche, publiee: date, *, notifie: date, le: datetime) -> decp.Marche:
    accord = marche.nature == Marche.Nature.ACCORD_CADRE
    subsequent = marche.accord_cadre if marche.nature == Marche.Nature.MARCHE_SUBSEQUENT else None
    types_de_prix, avance = _du_prix(marche, le=le)
    return decp.Marche(
        id=marche.numero,
        acheteur_id=marche.organisme.siret,
        nature="Marché",
        objet=marche.objet,
        code_cpv=marche.code_cpv,
        techniques=("Accord-cadre",) if accord or subsequent else SANS_OBJET,
        modalites_execution=_modalites(marche, le=le)
        if accord
        else (SUBSEQUENTS,)
        if subsequent
        else SANS_OBJET,
        marche_innovant=False,
        ccag=marche.ccag or "Pas de CCAG",
        offres_recues=marche.offres_recues,
        attribution_avance=avance is not None,
        taux_avance=avance,
        type_groupement_operateurs=GROUPEMENTS[marche.groupement],
        procedure=_procedure(subsequent or marche, notifie),
        lieu_execution=decp.Lieu(code=marche.lieu, type_code="Code postal"),
        duree_mois=marche.duree_en_mois,
        date_notification=notifie,
        date_publication_donnees=publiee,
        montant=marche.maximum or marche.montant,
        types_prix=types_de_prix,
        forme_prix=str(marche.get_forme_de_prix_display()),
        titulaires=titulaires(marche),
        considerations_sociales=tuple(marche.considerations_sociales)
        or ("Pas de considération sociale",),
        considerations_environnementales=tuple(marche.considerations_environnementales)
        or ("Pas de considération environnementale",),
        sous_traitance_declaree=marche.sous_traitances.exists(),
        id_accord_cadre=subsequent.numero if subsequent else "",
    )


def _modalites(marche: Marche, *, le: datetime) -> tuple[str, ...]:
    """Comment l'achat préparé a dit qu'il s'exécuterait ;
    par bons de commande s'il n'en dit rien.
    """
    if marche.consultation is None or not est_preparee(marche.consultation):
        return (COMMANDES,)
    cadre = achat_de(marche.consultation, le=le).execution.accord_cadre
    return MODALITES[cadre.mode] if cadre else (COMMANDES,)


def _concession(marche: Marche, publiee: date, *, signe: date, notifie: date) -> decp.Concession:
    return decp.Concession(
        id=marche.numero,
        autorite_concedante_id=marche.organisme.siret,
        nature="Concession de service"
        if marche.prestation != Marche.Prestation.TRAVAUX
        else "Concession de travaux",
        objet=marche.objet,
        procedure=_procedure(marche, notifie),
        duree_mois=marche.duree_en_mois,
        date_signature=signe,
        date_publication_donnees=publiee,
        date_debut_execution=notifie,
        valeur_globale=marche.montant,
        montant_subvention_publique=Decimal(0),
        concessionnaires=titulaires(marche),
        considerations_sociales=tuple(marche.considerations_sociales)
        or ("Pas de considération sociale",),
        considerations_environnementales=tuple(marche.considerations_environnementales)
        or ("Pas de considération environnementale",),
    )


def titulaires(marche: Marche) -> tuple[decp.Titulaire, ...]:
    """Ceux de la signature : une substitution se publie à la suite, comme modification."""
    return tuple(_titulaire(tenant.siret) for tenant in queries.titulaires_initiaux(marche))


def _titulaire(identifiant: str) -> decp.Titulaire:
    return decp.Titulaire(
        id=identifiant, type_identifiant="SIRET" if identifiant.isdigit() else "TVA"
    )


def _procedure(marche: Marche, jour: date) -> str:
    return Droit.au(jour).procedure(marche.procedure).decp


def _du_prix(marche: Marche, *, le: datetime) -> tuple[tuple[str, ...], Decimal | None]:
    """Le type de prix et le taux d'avance que l'achat a dits ;
    ferme et sans avance s'il n'en dit rien.
    """
    if marche.consultation is None or not est_preparee(marche.consultation):
        return ("Définitif ferme",), None
    execution = achat_de(marche.consultation, le=le).execution
    avance = execution.avance_en_pourcent
    return (
        TYPES_DE_PRIX.get(execution.variation_de_prix, "Définitif ferme"),
    ), avance / CENT if avance else None


def modification(
    modifiee: Modification, *, le: datetime
) -> decp.Modification | decp.ModificationConcession:
    """Ce qui a changé : le montant et la durée qui en résultent,
    les titulaires s'ils ont changé.
    """
    marche, publiee = modifiee.marche, le.astimezone(PARIS).date()
    jusqu_ici = [m for m in marche.modifications.all() if m.numero <= modifiee.numero]
    total = (marche.maximum or marche.montant) + sum((m.montant for m in jusqu_ici), Decimal(0))
    mois = marche.duree_en_mois + sum(m.mois_en_plus for m in jusqu_ici)
    montant, duree = total if modifiee.montant else None, mois if modifiee.mois_en_plus else None
    if marche.est_une_concession:
        return decp.ModificationConcession(
            id=modifiee.numero,
            date_signature_modification=modifiee.signee_le,
            date_publication_donnees_modification=publiee,
            duree_mois=duree,
            valeur_globale=montant,
        )
    return decp.Modification(
        id=modifiee.numero,
        date_notification_modification=modifiee.notifiee_le,
        date_publication_donnees_modification=publiee,
        duree_mois=duree,
        montant=montant,
        titulaires=(_titulaire(modifiee.nouveau_siret),) if modifiee.nouveau_siret else (),
    )


def acte_de_sous_traitance(acte: ActeDeSousTraitance, *, le: datetime) -> decp.ActeSousTraitance:
    """Prix ferme : rien d'autre n'est dit de l'acte ici."""
    return decp.ActeSousTraitance(
        id=acte.numero,
        sous_traitant=_titulaire(acte.siret),
        duree_mois=acte.duree_en_mois,
        date_notification=acte.notifie_le,
        date_publication_donnees=le.astimezone(PARIS).date(),
        montant=acte.montant,
        variation_prix="Ferme",
    )
