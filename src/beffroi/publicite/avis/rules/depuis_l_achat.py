"""Un avis tiré de l'achat :
ce que l'acheteur a répondu, dans les mots et les codes d'un avis de publicité.

Rien ne s'invente : ce que l'achat ne dit pas reste vide, et la prévalidation le réclamera.
"""

import re
from datetime import datetime

from droit import tribunaux
from droit.achat import ACCES_A_L_OUTIL, Achat, Tranche, raison_hors_profil
from droit.achat import Acheteur as AcheteurDeLAchat
from droit.achat import Critere as CritereDeLAchat
from droit.achat import Lot as LotDeLAchat
from droit.en_vigueur import Droit
from droit.phrases import en_clair
from droit.tables import Procedure as LigneDeProcedure
from droit.tables import charger
from formats.avis.modele import (
    AccordCadre,
    Acheteur,
    Avis,
    Critere,
    DocumentsRestreints,
    Duree,
    Lot,
    Organisation,
    OutilParticulier,
    Participation,
    Procedure,
    Recours,
    Remise,
)
from formats.nomenclatures import nuts

NATURES = {"travaux": "works", "fournitures": "supplies", "services": "services"}
# Le code européen de chaque procédure des tables ; les autres n'ont pas d'avis de marché.
CODES = {
    "procedure_adaptee_ouverte": "oth-single",
    "procedure_adaptee_restreinte": "oth-mult",
    "appel_offres_ouvert": "open",
    "appel_offres_restreint": "restricted",
    "procedure_avec_negociation": "neg-w-call",
    "dialogue_competitif": "comp-dial",
    "partenariat_innovation": "innovation",
    "concession_au_dessus_du_seuil": "oth-single",
    "concession_sous_le_seuil": "oth-single",
}
SORTES = {"prix": "price", "coût": "cost"}
MODES = {
    "bons de commande": "fa-wo-rc",
    "marchés subséquents": "fa-w-rc",
    "bons de commande et marchés subséquents": "fa-mix",
}
# Sans eux, le règlement européen refuse l'organisation comme acheteur.
_EXIGES_D_UN_ACHETEUR = (
    "identifiant",
    "ville",
    "code_postal",
    "code_nuts",
    "courriel",
    "telephone",
)
VARIANTES = {"interdites": "not-allowed", "autorisées": "allowed", "exigées": "required"}
RECOURS = (
    "Référé précontractuel jusqu'à la signature (CJA, art. L. 551-1). "
    "Référé contractuel après elle (CJA, art. L. 551-13)."
    " Recours en contestation de validité dans les {delai} de la publicité de la conclusion."
)


def sous_type_de(achat: Achat) -> str:
    """16, 19, 20 ou E3 (règlement d'exécution (UE) 2019/1780)."""
    ligne = _ligne(achat)
    if achat.procedure == "concession_au_dessus_du_seuil":
        return "19"
    if ligne.formalisee:
        return "16"
    return "20" if achat.services_sociaux_ou_specifiques else "E3"


def avis_de(
    achat: Achat, droit: Droit, *, envoi: datetime, tribunal: Organisation | None = None
) -> Avis:
    """L'avis que cet achat annonce.

    `tribunal` : d'office, celui des tables, dont le SIRET n'est pas connu.
    """
    plateforme = achat.plateforme
    return Avis(
        sous_type=sous_type_de(achat),
        reference=achat.reference,
        titre=achat.titre,
        description=achat.objet,
        nature=NATURES[achat.prestation],
        code_cpv=_cpv(achat.code_cpv),
        code_nuts=achat.execution.code_nuts or achat.acheteur.code_nuts,
        lieu=achat.execution.lieu,
        acheteur=Acheteur(
            organisation=_organisation(achat.acheteur),
            profil=plateforme.adresse,
            entite_adjudicatrice=achat.acheteur.type_d_acheteur == "entité adjudicatrice",
            groupement_de_commandes=achat.groupement_de_commandes is not None,
            membres=_membres(achat),
            coordonnateur=_coordonnateur(achat),
        ),
        recours=Recours(
            tribunal=tribunal or _tribunal(achat, droit), delais=_delais_de_recours(droit)
        ),
        procedure=_procedure(achat),
        remise=_remise(achat),
        lots=_lots(achat),
        envoi=envoi,
        participation=Participation(visite=achat.offre.visite),
        valeur_estimee_ht=achat.valeur_estimee,
        informations=_informations(achat),
        base_juridique="Code de la commande publique",
    )


def _membres(achat: Achat) -> tuple[Organisation, ...]:
    """Les membres dont l'avis a toutes les coordonnées ;
    les autres restent nommés dans les informations.
    """
    groupement = achat.groupement_de_commandes
    connus = groupement.organisations if groupement else ()
    return tuple(_organisation(membre) for membre in connus if not ce_qui_manque_a(membre))


def ce_qui_manque_a(membre: AcheteurDeLAchat) -> tuple[str, ...]:
    """Ce qui empêche un avis européen de compter ce membre parmi les acheteurs, champ par champ."""
    return tuple(
        champ for champ in _EXIGES_D_UN_ACHETEUR if not getattr(_organisation(membre), champ)
    )


def _coordonnateur(achat: Achat) -> str:
    """Le SIRET du membre qui passe le marché pour tous ;
    vide si c'est l'acheteur (CCP, art. L. 2113-7).
    """
    groupement = achat.groupement_de_commandes
    if groupement is None or groupement.coordonnateur in {achat.acheteur.nom, ""}:
        return ""
    dits = (
        m
        for m in groupement.organisations
        if m.siret in groupement.coordonnateur or m.nom == groupement.coordonnateur
    )
    return next((membre.siret for membre in dits), "")


def _organisation(acheteur: AcheteurDeLAchat) -> Organisation:
    return Organisation(
        nom=acheteur.nom,
        identifiant=acheteur.siret,
        adresse=acheteur.adresse,
        code_postal=acheteur.code_postal,
        ville=acheteur.ville,
        code_nuts=acheteur.code_nuts,
        courriel=acheteur.courriel,
        telephone=re.sub(r"[.\s]+", " ", acheteur.telephone).strip(),
    )


def _delais_de_recours(droit: Droit) -> str:
    validite = droit.valeur_connue("recours.validite_du_contrat")
    return RECOURS.format(delai=en_clair(validite.valeur, validite.unite))


def _tribunal(achat: Achat, droit: Droit) -> Organisation:
    """Le tribunal du département (CJA, art. R. 221-3) ;
    l'acheteur peut en nommer un autre, que les tables ignorent.
    """
    dit = achat.acheteur.tribunal
    trouve = (
        tribunaux.nomme(droit, dit)
        if dit
        else tribunaux.competent(droit, achat.acheteur.code_postal)
    )
    if trouve is None:
        return Organisation(nom=dit)
    return Organisation(
        nom=trouve.nom[0].upper() + trouve.nom[1:],
        ville=trouve.siege,
        code_nuts=nuts.du_siege(trouve.siege),
        courriel=trouve.courriel,
        telephone=trouve.telephone,
    )


def _procedure(achat: Achat) -> Procedure:
    ligne = _ligne(achat)
    negociation = achat.offre.negociation
    phrase = negociation.phases or ("Négociation prévue." if negociation.prevue else "")
    return Procedure(
        code=CODES.get(achat.procedure, ""),
        nom=ligne.libelle,
        description=" ".join(filter(None, [f"{ligne.libelle}.", phrase])),
        acceleree=bool(achat.dates.urgence),
        justification=achat.dates.urgence,
        candidats_minimum=achat.candidature.candidats_minimum,
        candidats_maximum=achat.candidature.candidats_maximum,
        negociation=phrase,
        attribution_sans_negociation=negociation.attribution_sans_negociation,
        lots_soumis_maximum=achat.allotissement.maximum_de_lots_soumis,
        lots_attribues_maximum=achat.allotissement.maximum_de_lots_attribues,
        tranches=bool(achat.execution.tranches),
    )


def _remise(achat: Achat) -> Remise:
    adresse = achat.plateforme.adresse_de_la_consultation
    return Remise(
        limite=achat.dates.limite,
        adresse_du_dossier=adresse,
        adresse_de_depot=adresse,
        limite_des_questions=achat.dates.derniere_question,
        validite_en_jours=achat.offre.validite_en_jours,
        signature_exigee=achat.signature.exigee_au_depot,
        documents_restreints=_documents_restreints(achat),
        outil=_outil(achat),
    )


def _documents_restreints(achat: Achat) -> DocumentsRestreints | None:
    """La page de la consultation dit comment les obtenir :
    c'est elle que l'avis donne (CCP, art. R. 2132-5).
    """
    absents = achat.documents_hors_profil
    if not absents:
        return None
    connue = raison_hors_profil(absents[0].cle_de_la_raison)
    return DocumentsRestreints(
        intitules=tuple(document.intitule for document in absents),
        raison=absents[0].raison,
        justification=connue.code if connue else "",
        moyen_d_acces=absents[0].moyen_d_acces,
        adresse=achat.plateforme.adresse_de_la_consultation,
    )


def _outil(achat: Achat) -> OutilParticulier | None:
    """L'outil exigé, et ce que l'acheteur offre à qui ne l'a pas (CCP, art. R. 2132-14)."""
    exige = next(iter(achat.outils_particuliers), None)
    if exige is None:
        return None
    acces = " ".join(filter(None, (ACCES_A_L_OUTIL[exige.acces], exige.conditions)))
    return OutilParticulier(nom=exige.nom, adresse=exige.adresse, acces=acces)


def _lots(achat: Achat) -> tuple[Lot, ...]:
    """Un achat sans lots en annonce un, que l'Europe exige."""
    lots = achat.allotissement.lots or (
        LotDeLAchat(
            numero=1,
            intitule=achat.titre,
            description=achat.objet,
            montant_estime=achat.valeur_estimee,
        ),
    )
    return tuple(_lot(achat, lot) for lot in lots)


def _lot(achat: Achat, lot: LotDeLAchat) -> Lot:
    execution = achat.execution
    reconductions = (
        f"{execution.reconductions} fois {execution.mois_par_reconduction} mois, tacitement."
    )
    return Lot(
        numero=lot.numero,
        intitule=lot.intitule,
        description=lot.description or f"{lot.intitule}. {achat.objet}",
        code_cpv=_cpv(lot.code_cpv or achat.code_cpv),
        duree=Duree(
            mois=execution.duree_en_mois,
            debut=execution.debut,
            reconductions=execution.reconductions,
            description_des_reconductions=reconductions if execution.reconductions else "",
        ),
        lieu=execution.lieu,
        criteres=tuple(_critere(critere) for critere in achat.criteres_du_lot(lot.numero)),
        valeur_estimee_ht=lot.montant_estime,
        accord_cadre=_accord_cadre(achat),
        reserve=_reserve(lot.reserve_a or achat.candidature.reserve_a),
        variantes=_variantes(achat),
        options=_options(achat),
    )


def _informations(achat: Achat) -> str:
    """Ce qu'aucune rubrique d'un avis ne porte :
    qui s'est groupé, les tranches, les options, le prix, l'insertion.
    """
    execution, groupement = achat.execution, achat.groupement_de_commandes
    heures = execution.durabilite.heures_d_insertion
    prix = ", ".join(filter(None, (execution.forme_de_prix, execution.variation_de_prix)))
    return " ".join(
        filter(
            None,
            (
                f"Groupement de commandes, coordonnateur : {groupement.coordonnateur}."
                if groupement
                else "",
                f"Membres : {' ; '.join(groupement.membres)}."
                if groupement and groupement.membres
                else "",
                f"Tranches : {' ; '.join(_tranche(tranche) for tranche in execution.tranches)}."
                if execution.tranches
                else "",
                f"Prestations supplémentaires éventuelles : {_options(achat)}"
                if execution.prestations_supplementaires
                else "",
                f"Prix : {prix}." if prix and not achat.est_une_concession else "",
                f"Insertion : {heures} heures de travail au moins." if heures else "",
            ),
        )
    )


def _tranche(tranche: Tranche) -> str:
    return f"{tranche.intitule} ({'ferme' if tranche.ferme else 'optionnelle'})"


def _options(achat: Achat) -> str:
    return " ".join(f"{pse.intitule}." for pse in achat.execution.prestations_supplementaires)


def _variantes(achat: Achat) -> str:
    """Sans mention, la procédure et la qualité de l'acheteur répondent pour
    lui (CCP, art. R. 2151-8).
    """
    dit = _ligne(achat).variantes
    adjudicatrice = achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    permises = dit.startswith("autorisées") or (
        adjudicatrice and "autorisées sauf mention contraire pour une entité" in dit
    )
    return VARIANTES[achat.offre.variantes.regime or ("autorisées" if permises else "interdites")]


def _critere(critere: CritereDeLAchat) -> Critere:
    detail = " ; ".join(
        f"{sous.nom} : {sous.poids.normalize():f} %" for sous in critere.sous_criteres
    )
    return Critere(
        nom=critere.nom,
        sorte=SORTES.get(critere.sorte, "quality"),
        poids=critere.poids,
        description=detail,
    )


def _accord_cadre(achat: Achat) -> AccordCadre | None:
    accord = achat.execution.accord_cadre
    if accord is None or achat.est_une_concession:
        return None
    return AccordCadre(
        mode=MODES[accord.mode],
        maximum_ht=accord.maximum_en_valeur,
        titulaires_maximum=accord.titulaires_maximum,
        justification_de_la_duree=accord.justification_de_la_duree,
    )


def _reserve(a_qui: str) -> str:
    """Deux réservations existent :
    aux structures d'insertion ou de handicap, aux missions de service public.
    """
    if not a_qui:
        return "none"
    return "res-pub-ser" if "service public" in a_qui.lower() else "res-ws"


def _cpv(code: str) -> str:
    """Sans la clé de contrôle, que les avis n'écrivent pas."""
    return code.strip().partition("-")[0]


def _ligne(achat: Achat) -> LigneDeProcedure:
    return charger().procedures[achat.procedure]
