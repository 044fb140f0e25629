"""De l'attribution et du contrat à l'avis d'attribution :
ce que les formats attendent, et rien d'inventé.

Les prix des autres offres n'y sont jamais (CCP, art. R. 2183-5 et L. 2132-1).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.queries.lecture import analyse_de
from beffroi.contrat.achevement.complements import Tenant, tenants_de
from beffroi.contrat.achevement.queries import LotAcheve
from beffroi.contrat.achevement.rules.attribution import SOUS_TYPES
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.queries import titulaires_lus
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.queries import avis_de, coordonnees_de, est_envoye
from beffroi.publicite.avis.queries.contenu import contenu_de
from beffroi.publicite.avis.rules.depuis_l_achat import SORTES
from beffroi.reponse.depots.models import Pli
from formats.avis import AvisDAttribution
from formats.avis.attribution import (
    ContratConclu,
    OffreRetenue,
    OffresRecues,
    Recettes,
    ResultatDuLot,
    Titulaire,
)
from formats.avis.modele import AccordCadre, Critere, Lot, Organisation
from formats.avis.modele import Avis as Contenu
from formats.dates import PARIS

Complements = dict[str, Any]
ENTITE = "30"


def assembler(
    consultation: Consultation,
    lots: Sequence[LotAcheve],
    complements: Complements,
    *,
    forme: str,
    le: datetime,
) -> AvisDAttribution:
    """L'avis de ces lots-là : l'achat tel qu'il s'annonçait, et ce que chacun est devenu."""
    contenu = _avec_son_activite(base(consultation, forme=forme, le=le), complements)
    decrits = {lot.numero: lot for lot in contenu.lots}
    retenus = tuple(
        _lot(consultation, decrits[lot.numero], lot) for lot in lots if lot.numero in decrits
    )
    tenants = {
        tenant.siret: tenant for tenant in tenants_de(lot.marche for lot in lots if lot.marche)
    }
    return AvisDAttribution(
        avis=replace(contenu, lots=retenus),
        resultats=tuple(_resultat(lot, tenants, complements) for lot in lots),
        avis_de_marche=_avis_de_marche(consultation) if forme == Avis.Forme.EUROPEENNE else "",
    )


def _avec_son_activite(contenu: Contenu, dits: Complements) -> Contenu:
    """Une entité adjudicatrice dit son activité de réseau, que l'achat ne nomme pas (BT-610)."""
    if not contenu.acheteur.entite_adjudicatrice:
        return contenu
    return replace(
        contenu,
        acheteur=replace(contenu.acheteur, activite_de_reseau=str(dits.get("activite") or "")),
    )


def base(consultation: Consultation, *, forme: str, le: datetime) -> Contenu:
    """L'achat tel qu'il s'annonçait, avec les coordonnées d'aujourd'hui."""
    contenu = contenu_de(consultation, coordonnees_de(consultation.organisme), le=le)
    return replace(contenu, sous_type=sous_type_de(contenu, forme=forme), envoi=le, changement=None)


def sous_type_de(contenu: Contenu, *, forme: str) -> str:
    """29, 30, 32, 33 ou E4 ; un avis national ne dit pas plus qu'un avis volontaire."""
    if forme != Avis.Forme.EUROPEENNE and contenu.sous_type != "19":
        return "E4"
    sous_type = SOUS_TYPES.get(contenu.sous_type, contenu.sous_type)
    return ENTITE if sous_type == "29" and contenu.acheteur.entite_adjudicatrice else sous_type


def _avis_de_marche(consultation: Consultation) -> str:
    """L'avis européen qui appelait à concourir, s'il est parti : `UUID-version`."""
    partis = [
        a for a in avis_de(consultation) if a.forme == Avis.Forme.EUROPEENNE and est_envoye(a)
    ]
    return f"{partis[-1].identifiant}-01" if partis else ""


def _lot(consultation: Consultation, decrit: Lot, lot: LotAcheve) -> Lot:
    """Les critères annoncés, ou ceux de l'analyse ; l'accord-cadre est ce que le contrat en dit."""
    decrit = replace(
        decrit, criteres=decrit.criteres or _criteres_de_l_analyse(consultation, lot.ligne.lot)
    )
    marche = lot.marche
    if marche is None or marche.nature != Marche.Nature.ACCORD_CADRE:
        return replace(decrit, accord_cadre=decrit.accord_cadre if marche is None else None)
    annonce = decrit.accord_cadre or AccordCadre(mode="fa-wo-rc")
    return replace(decrit, accord_cadre=replace(annonce, maximum_ht=marche.maximum))


def _criteres_de_l_analyse(consultation: Consultation, lot: int | None) -> tuple[Critere, ...]:
    return tuple(
        Critere(nom=critere.nom, sorte=SORTES.get(critere.sorte, "quality"), poids=critere.poids)
        for critere in analyse_de(consultation, lot).criteres
    )


def _resultat(lot: LotAcheve, tenants: dict[str, Tenant], dits: Complements) -> ResultatDuLot:
    numero = lot.numero
    offres = _offres(numero, dits)
    if lot.marche is None or not lot.est_conclu:
        motif = str(dits.get(f"motif_{numero}") or "")
        return ResultatDuLot(lot=numero, offres=None if motif == "no-rece" else offres, motif=motif)
    retenue, *autres = [
        _offre(lot, lot.marche, rang, tenants, dits)
        for rang in range(len(_par_offre(lot, lot.marche)))
    ]
    return ResultatDuLot(
        lot=numero,
        offres=offres,
        offre=retenue,
        autres_offres=tuple(autres),
        contrat=_contrat(lot, lot.marche),
        maximum_de_l_accord_cadre_ht=lot.marche.maximum,
    )


def _offres(numero: int, dits: Complements) -> OffresRecues | None:
    recues = dits.get(f"recues_{numero}")
    if recues is None:
        return None
    return OffresRecues(
        recues=int(recues),
        de_pme=_entier(dits, f"pme_{numero}"),
        electroniques=_entier(dits, f"electroniques_{numero}"),
        d_autres_etats_de_l_eee=_entier(dits, f"eee_{numero}"),
        d_etats_tiers=_entier(dits, f"tiers_{numero}"),
    )


def _offre(
    lot: LotAcheve, marche: Marche, rang: int, tenants: dict[str, Tenant], dits: Complements
) -> OffreRetenue:
    """L'offre dont un titulaire, ou un groupement, tient le contrat ;
    un accord-cadre peut en avoir plusieurs.
    """
    numero, (reference, montant, siens) = lot.numero, _par_offre(lot, marche)[rang]
    sous_traite = dits.get(f"sous_traitance_{numero}") == "oui"
    return OffreRetenue(
        reference=reference,
        titulaires=tuple(_titulaire(tenants[siret], dits) for siret in siens),
        montant_ht=montant,
        rang=rang + 1,
        variante=marche.variante > 0,
        sous_traitance=sous_traite,
        montant_sous_traite_ht=_decimal(dits, f"montant_sous_traite_{numero}")
        if sous_traite
        else None,
        part_sous_traitee=_decimal(dits, f"part_{numero}") if sous_traite else None,
        recettes=_recettes(numero, dits) if marche.est_une_concession else None,
    )


def _par_offre(lot: LotAcheve, marche: Marche) -> list[tuple[str, Decimal, list[str]]]:
    """La réponse, son montant,
    et ceux qui tiennent le contrat de cette offre, le mandataire d'abord.
    """
    sirets = [titulaire.siret for titulaire in titulaires_lus(marche)]
    retenues = lot.ligne.retenues
    if len(retenues) < 2:
        return [(marche.pli.reference if marche.pli else marche.numero, marche.montant, sirets)]
    offres = [
        (retenue.pli.reference, retenue.montant, sirets_de(retenue.pli)) for retenue in retenues
    ]
    return [
        (reference, montant, [s for s in siens if s in sirets])
        for reference, montant, siens in offres
    ]


def sirets_de(pli: Pli) -> list[str]:
    membres = [membre["identifiant"] for membre in pli.groupement.get("membres", [])]
    return [pli.equipe.identifiant, *membres]


def _titulaire(tenant: Tenant, dits: Complements) -> Titulaire:
    equipe = tenant.equipe
    return Titulaire(
        organisation=Organisation(
            nom=tenant.nom,
            identifiant=tenant.siret,
            adresse=equipe.adresse if equipe else "",
            code_postal=str(dits.get(f"code_postal_{tenant.cle}") or ""),
            ville=str(dits.get(f"ville_{tenant.cle}") or ""),
            code_nuts=str(dits.get(f"nuts_{tenant.cle}") or ""),
        ),
        taille=str(dits.get(f"taille_{tenant.cle}") or ""),
    )


def _recettes(numero: int, dits: Complements) -> Recettes | None:
    acheteur, usagers = (
        _decimal(dits, f"recettes_acheteur_{numero}"),
        _decimal(dits, f"recettes_usagers_{numero}"),
    )
    if acheteur is None or usagers is None:
        return None
    return Recettes(
        de_l_acheteur=acheteur,
        des_usagers=usagers,
        description=str(dits.get(f"recettes_calcul_{numero}") or ""),
    )


def _contrat(lot: LotAcheve, marche: Marche) -> ContratConclu:
    decidee = lot.ligne.decidee_le
    return ContratConclu(
        numero=marche.numero,
        intitule=marche.objet,
        signe_le=marche.signe_le,
        decide_le=decidee.astimezone(PARIS).date() if decidee else None,
    )


def _entier(dits: Complements, nom: str) -> int:
    return int(dits.get(nom) or 0)


def _decimal(dits: Complements, nom: str) -> Decimal | None:
    valeur = dits.get(nom)
    return None if valeur in (None, "") else Decimal(str(valeur))
