"""Dépôts : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import ConsultationDeclareeSansSuite, GardiensAppeles
from beffroi.reponse.depots import a_faire, archivage, limits
from beffroi.reponse.depots.hors_preuve import HORS_PREUVE
from beffroi.reponse.depots.rattachements import relire_les_rattachements
from beffroi.reponse.depots.recours import annoncer_la_renonciation, annoncer_les_gardiens
from beffroi.reponse.depots.rondes import ceder_la_place, purger, rappeler
from beffroi.reponse.depots.verification import relire_les_plis
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.menus import Entree, LienDePied, Menu, Pied
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    rondes=(rappeler, purger, ceder_la_place),
    abonnes={
        ConsultationDeclareeSansSuite: (annoncer_la_renonciation,),
        GardiensAppeles: (annoncer_les_gardiens,),
    },
    relectures_du_journal=(relire_les_plis, relire_les_rattachements),
    a_faire=(
        DeLaPersonne(
            a_faire.reponses_a_deposer,
            apres="echanges.messages_a_repondre",
            s_il_y_a=a_faire.en_preparation,
        ),
        DeLaPersonne(
            a_faire.invitations_a_honorer,
            apres="depots.reponses_a_deposer",
            s_il_y_a=a_faire.invitations,
        ),
        DeLaPersonne(
            a_faire.gestes_a_verifier,
            apres="depots.invitations_a_honorer",
            s_il_y_a=a_faire.plis_touches,
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(
            archivage.pieces, apres="registre_des_depots.pieces", s_il_y_a=archivage.recus
        ),
        ArchivageSIlYA(
            archivage.materiels, apres="depots.pieces", s_il_y_a=archivage.recus_au_guichet
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "depots.FichierScelle.cle_de_stockage",
            "Fichier scellé",
            empreinte="sha256_recalcule",
            consultation="brouillon__consultation",
            seulement={"brouillon__plis__isnull": False, "etat": "termine"},
            sous="scelles",
            relu_ailleurs=True,
        ),
    ),
    prouvees_autrement={
        "Pli": "le récépissé répète la ligne, le journal répète le récépissé",
        "Enveloppe": "elle est dans l'enregistrement du pli",
        "Enveloppe_fichiers": "chaque fichier de l'enveloppe est dans l'enregistrement du pli",
        "AccuseDeReception": "c'est, à la lettre, le contenu de l'écriture",
        "FichierScelle": "sa racine et son empreinte sont au récépissé, ses octets sont relus",
        "PartieRecue": "l'empreinte de chaque partie est comparée aux octets gardés",
    },
    hors_preuve=HORS_PREUVE,
    ports={
        "consultations.LimitesDeDepot": limits.annonce,
    },
    menus=(Entree("Mes réponses", "/mes-reponses/", Menu.ENTREPRISE, apres="/a-faire/"),),
    pied=(
        LienDePied("Vérifier un récépissé", "/verifier/", Pied.ENTRAINEMENT, apres="/essai/depot/"),
    ),
    dans_la_rubrique={
        "/mes-reponses/": ("/reponses/", "/depots/"),
    },
)
