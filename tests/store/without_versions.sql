-- what tenmatsu wrote into SQLite before its tables had a version: three documents, one of them under two paths, and one that could not be read
BEGIN TRANSACTION;
CREATE TABLE "account_names" ("name" TEXT, "doc_id" TEXT, PRIMARY KEY ("name", "doc_id")) WITHOUT ROWID;
INSERT INTO "account_names" VALUES('tm:f5e1cb5314fd','354b70b0a6a269e1');
INSERT INTO "account_names" VALUES('ミナトガワ商会','354b70b0a6a269e1');
INSERT INTO "account_names" VALUES('tm:5919dda9c479','770ef88a21a38778');
INSERT INTO "account_names" VALUES('アオバネ精機','770ef88a21a38778');
INSERT INTO "account_names" VALUES('tm:5919dda9c479','cde89ba0dd8b26d8');
INSERT INTO "account_names" VALUES('アオバネ精機','cde89ba0dd8b26d8');
CREATE TABLE "accounts" ("doc_id" TEXT PRIMARY KEY, "account" BLOB NOT NULL) WITHOUT ROWID;
INSERT INTO "accounts" VALUES('354b70b0a6a269e1',CAST('{"doc_id":"354b70b0a6a269e1","published":"2023-02-06","genre":"press_release","publisher":"ミナトガワ商会株式会社","series":"システム障害","report":0,"cards":[{"incident_id":"inc-dc7f043bdcfb","title":"システム障害に関するお知らせ","victim":"ミナトガワ商会株式会社","victim_id":"tm:f5e1cb5314fd","vectors":["malware"],"root_causes":["unknown"],"first_intrusion":"2023-02-01","detection":"2023-02-01","containment":"2023-02-02","disclosure":"2023-02-06","attributed_actor":null,"leaked":[],"possibly_leaked":[],"denied_leak":[],"dwell_days":"0","containment_days":"1","disclosure_days":"5","documents":["354b70b0a6a269e1"],"evidence":["vectors malware 61-68 C.malware"],"related":[],"merged_by":[]}],"names":[["tm:f5e1cb5314fd","ミナトガワ商会"]],"told":[{"card":"inc-dc7f043bdcfb","type":"infection","date":"2023-02-01","factuality":"asserted","place":["354b70b0a6a269e1",43,52]},{"card":"inc-dc7f043bdcfb","type":"detection","date":"2023-02-01","factuality":"asserted","place":["354b70b0a6a269e1",43,52]},{"card":"inc-dc7f043bdcfb","type":"containment","date":"2023-02-02","factuality":"asserted","place":["354b70b0a6a269e1",83,92]}],"leaks":[],"counted":[],"days":[["354b70b0a6a269e1-t16",16,25,"2023-02-06","2023-02-06"],["354b70b0a6a269e1-t43",43,52,"2023-02-01","2023-02-01"],["354b70b0a6a269e1-t83",83,92,"2023-02-02","2023-02-02"]],"open":[],"open_days":[],"disputed":[],"slips":[],"chains":[],"elsewhere":[],"seats":[[]]}' AS BLOB));
INSERT INTO "accounts" VALUES('770ef88a21a38778',CAST('{"doc_id":"770ef88a21a38778","published":"2022-05-13","genre":"press_release","publisher":"株式会社アオバネ精機","series":"サーバーへの不正アクセス","report":1,"cards":[{"incident_id":"inc-b3bf4883c38b","title":"サーバーへの不正アクセスについて（第1報）","victim":"株式会社アオバネ精機","victim_id":"tm:5919dda9c479","vectors":["unknown"],"root_causes":["unknown"],"first_intrusion":"2022-05-10","detection":"2022-05-12","containment":"2022-05-12","disclosure":"2022-05-13","attributed_actor":null,"leaked":[],"possibly_leaked":[],"denied_leak":[],"dwell_days":"2","containment_days":"0","disclosure_days":"1","documents":["770ef88a21a38778"],"evidence":[],"related":[],"merged_by":[]}],"names":[["tm:5919dda9c479","アオバネ精機"]],"told":[{"card":"inc-b3bf4883c38b","type":"intrusion","date":"2022-05-10","factuality":"asserted","place":["770ef88a21a38778",98,108]},{"card":"inc-b3bf4883c38b","type":"detection","date":"2022-05-12","factuality":"asserted","place":["770ef88a21a38778",133,143]},{"card":"inc-b3bf4883c38b","type":"containment","date":"2022-05-12","factuality":"asserted","place":["770ef88a21a38778",165,175]}],"leaks":[["inc-b3bf4883c38b","negated",["770ef88a21a38778",210,212]]],"counted":[],"days":[["770ef88a21a38778-t23",23,33,"2022-05-13","2022-05-13"],["770ef88a21a38778-t98",98,108,"2022-05-10","2022-05-10"],["770ef88a21a38778-t133",133,143,"2022-05-12","2022-05-12"],["770ef88a21a38778-t165",165,175,"2022-05-12","2022-05-12"]],"open":[],"open_days":[],"disputed":[],"slips":[],"chains":[],"elsewhere":[],"seats":[[]]}' AS BLOB));
INSERT INTO "accounts" VALUES('cde89ba0dd8b26d8',CAST('{"doc_id":"cde89ba0dd8b26d8","published":null,"genre":"news","publisher":null,"series":"アオバネ精機に不正アクセス","report":0,"cards":[{"incident_id":"inc-d8296dda4d7f","title":"アオバネ精機に不正アクセス","victim":"株式会社アオバネ精機","victim_id":"tm:5919dda9c479","vectors":["unknown"],"root_causes":["unknown"],"first_intrusion":"XXXX-05-10","detection":"XXXX-05-12","containment":"XXXX-05-12","disclosure":"XXXX-XX-13","attributed_actor":null,"leaked":[],"possibly_leaked":[],"denied_leak":[],"dwell_days":null,"containment_days":null,"disclosure_days":null,"documents":["cde89ba0dd8b26d8"],"evidence":[],"related":[],"merged_by":[]}],"names":[["tm:5919dda9c479","アオバネ精機"]],"told":[{"card":"inc-d8296dda4d7f","type":"disclosure","date":"XXXX-XX-13","factuality":"asserted","place":["cde89ba0dd8b26d8",32,35]},{"card":"inc-d8296dda4d7f","type":"intrusion","date":"XXXX-05-10","factuality":"asserted","place":["cde89ba0dd8b26d8",66,71]},{"card":"inc-d8296dda4d7f","type":"detection","date":"XXXX-05-12","factuality":"asserted","place":["cde89ba0dd8b26d8",77,82]},{"card":"inc-d8296dda4d7f","type":"containment","date":"XXXX-05-12","factuality":"asserted","place":["cde89ba0dd8b26d8",94,99]}],"leaks":[],"counted":[],"days":[["cde89ba0dd8b26d8-t32",32,35,"XXXX-XX-13","XXXX-XX-13"],["cde89ba0dd8b26d8-t66",66,71,"XXXX-05-10","XXXX-05-10"],["cde89ba0dd8b26d8-t77",77,82,"XXXX-05-12","XXXX-05-12"],["cde89ba0dd8b26d8-t94",94,99,"XXXX-05-12","XXXX-05-12"]],"open":[["cde89ba0dd8b26d8-e54","XXXX-XX-13"],["cde89ba0dd8b26d8-e72","XXXX-05-10"],["cde89ba0dd8b26d8-e86","XXXX-05-12"],["cde89ba0dd8b26d8-e107","XXXX-05-12"]],"open_days":[["cde89ba0dd8b26d8-t66","XXXX-05-10","none",null],["cde89ba0dd8b26d8-t77","XXXX-05-12","none",null],["cde89ba0dd8b26d8-t94","XXXX-05-12","none",null]],"disputed":[["inc-d8296dda4d7f",0,2,"date","XXXX-05-10","XXXX-05-12","XXXX-05-12"]],"slips":[],"chains":[],"elsewhere":[],"seats":[[]]}' AS BLOB));
CREATE TABLE "blocks" ("doc_id" TEXT, "block_id" TEXT, "start" INTEGER, "end" INTEGER, "kind" TEXT, "page" INTEGER, "place" TEXT);
CREATE TABLE "cards" ("incident_id" TEXT, "title" TEXT, "victim" TEXT, "victim_id" TEXT, "vectors" TEXT, "root_causes" TEXT, "first_intrusion" TEXT, "detection" TEXT, "containment" TEXT, "disclosure" TEXT, "attributed_actor" TEXT, "leaked" TEXT, "possibly_leaked" TEXT, "denied_leak" TEXT, "dwell_days" TEXT, "containment_days" TEXT, "disclosure_days" TEXT, "documents" TEXT, "evidence" TEXT, "related" TEXT, "merged_by" TEXT, "card_id" TEXT, "doc_id" TEXT);
INSERT INTO "cards" VALUES('inc-b3bf4883c38b','アオバネ精機に不正アクセス','株式会社アオバネ精機','tm:5919dda9c479','["unknown"]','["unknown"]','2022-05-10','2022-05-12','2022-05-12','XXXX-XX-13',NULL,'[]','[]','[]','2','0',NULL,'["cde89ba0dd8b26d8"]','[]','[]','[]','inc-d8296dda4d7f','cde89ba0dd8b26d8');
INSERT INTO "cards" VALUES('inc-dc7f043bdcfb','システム障害に関するお知らせ','ミナトガワ商会株式会社','tm:f5e1cb5314fd','["malware"]','["unknown"]','2023-02-01','2023-02-01','2023-02-02','2023-02-06',NULL,'[]','[]','[]','0','1','5','["354b70b0a6a269e1"]','["vectors malware 61-68 C.malware"]','[]','[]','inc-dc7f043bdcfb','354b70b0a6a269e1');
INSERT INTO "cards" VALUES('inc-b3bf4883c38b','サーバーへの不正アクセスについて（第1報）','株式会社アオバネ精機','tm:5919dda9c479','["unknown"]','["unknown"]','2022-05-10','2022-05-12','2022-05-12','2022-05-13',NULL,'[]','[]','[]','2','0','1','["770ef88a21a38778"]','[]','[]','[]','inc-b3bf4883c38b','770ef88a21a38778');
CREATE TABLE "citations" ("doc_id" TEXT, "citation_id" TEXT, "mark" TEXT, "start" INTEGER, "end" INTEGER, "publisher" TEXT, "title" TEXT, "date" TEXT, "url" TEXT);
CREATE TABLE "conflicts" ("incident_id" TEXT, "field" TEXT, "kind" TEXT, "value_a" TEXT, "doc_a" TEXT, "start_a" INTEGER, "end_a" INTEGER, "value_b" TEXT, "doc_b" TEXT, "start_b" INTEGER, "end_b" INTEGER, "likely" TEXT);
INSERT INTO "conflicts" VALUES('inc-b3bf4883c38b','date','date','2022-05-10','cde89ba0dd8b26d8',0,1,'2022-05-12','cde89ba0dd8b26d8',2,3,'2022-05-12');
CREATE TABLE "documents" ("doc_id" TEXT, "path" TEXT, "sha256" TEXT, "media_type" TEXT, "encoding" TEXT, "title" TEXT, "publisher" TEXT, "genre" TEXT, "report" TEXT, "published" TEXT, "published_basis" TEXT, "characters" INTEGER, "status" TEXT, "error" TEXT);
INSERT INTO "documents" VALUES('cde89ba0dd8b26d8','news.txt','cde89ba0dd8b26d8780e5ea55f652cb8c964ebc9a3ffd856dd0915274455b37e','text/plain','utf-8','アオバネ精機に不正アクセス',NULL,'news',NULL,NULL,NULL,113,'ok',NULL);
INSERT INTO "documents" VALUES('770ef88a21a38778','first.txt','770ef88a21a38778eaf12ac3b2ccef7d8397ecc4e902f8d711cfdce7bfecd24c','text/plain','utf-8','サーバーへの不正アクセスについて（第1報）','株式会社アオバネ精機','press_release','1','2022-05-13','2022年5月13日',247,'ok',NULL);
INSERT INTO "documents" VALUES('354b70b0a6a269e1','other.txt','354b70b0a6a269e1e9dbad881ee90f057de8f4669771cbde90fa146fa8ea7def','text/plain','utf-8','システム障害に関するお知らせ','ミナトガワ商会株式会社','press_release',NULL,'2023-02-06','2023年2月6日',119,'ok',NULL);
INSERT INTO "documents" VALUES('00f749511be3b1d7','broken.txt','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'error','cannot be read');
INSERT INTO "documents" VALUES('770ef88a21a38778','copy/first.txt','770ef88a21a38778eaf12ac3b2ccef7d8397ecc4e902f8d711cfdce7bfecd24c','text/plain','utf-8','サーバーへの不正アクセスについて（第1報）','株式会社アオバネ精機','press_release','1','2022-05-13','2022年5月13日',247,'ok',NULL);
CREATE TABLE "entities" ("entity_id" TEXT, "name" TEXT, "name_en" TEXT, "kind" TEXT, "corporate_number" TEXT, "edinet_code" TEXT, "securities_code" TEXT, "industry" TEXT, "source" TEXT, "candidates" TEXT, "link_score" REAL, "link_evidence" TEXT);
INSERT INTO "entities" VALUES('tm:6eca5b5799b3','架空日報',NULL,'media',NULL,NULL,NULL,NULL,'document','[]',NULL,'[]');
INSERT INTO "entities" VALUES('tm:f5e1cb5314fd','ミナトガワ商会株式会社',NULL,'company',NULL,NULL,NULL,NULL,'document','[]',NULL,'[]');
INSERT INTO "entities" VALUES('tm:5919dda9c479','株式会社アオバネ精機',NULL,'company',NULL,NULL,NULL,NULL,'document','[]',NULL,'[]');
CREATE TABLE "events" ("doc_id" TEXT, "event_id" TEXT, "incident_id" TEXT, "start" INTEGER, "end" INTEGER, "text" TEXT, "type" TEXT, "date" TEXT, "date_begin" TEXT, "date_end" TEXT, "timex_id" TEXT, "org" TEXT, "org_id" TEXT, "factuality" TEXT, "attributed_to" TEXT, "system" TEXT, "sentence_start" INTEGER, "sentence_end" INTEGER, "rule" TEXT, "confidence" REAL, "cue" TEXT, "dated_by" TEXT, "org_by" TEXT, "org_rule" TEXT, "card_id" TEXT);
INSERT INTO "events" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-e54','inc-b3bf4883c38b',54,56,'発表','disclosure','XXXX-XX-13',NULL,NULL,'cde89ba0dd8b26d8-t32','株式会社アオバネ精機','tm:5919dda9c479','asserted',NULL,'社内サーバー',21,59,'E.disclose',1.0,NULL,'in_sentence','subject','P.subject.tells','inc-d8296dda4d7f');
INSERT INTO "events" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-e72','inc-b3bf4883c38b',72,74,'侵入','intrusion','2022-05-10','2022-05-10','2022-05-10','cde89ba0dd8b26d8-t66','株式会社アオバネ精機','tm:5919dda9c479','asserted','株式会社アオバネ精機',NULL,59,91,'E.intrusion.enter',0.8,NULL,'in_sentence','topic',NULL,'inc-d8296dda4d7f');
INSERT INTO "events" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-e86','inc-b3bf4883c38b',86,88,'検知','detection','2022-05-12','2022-05-12','2022-05-12','cde89ba0dd8b26d8-t77','株式会社アオバネ精機','tm:5919dda9c479','asserted','株式会社アオバネ精機',NULL,59,91,'E.detect',0.8,NULL,'in_sentence','topic',NULL,'inc-d8296dda4d7f');
INSERT INTO "events" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-e107','inc-b3bf4883c38b',107,109,'遮断','containment','2022-05-12','2022-05-12','2022-05-12','cde89ba0dd8b26d8-t94','株式会社アオバネ精機','tm:5919dda9c479','asserted',NULL,'サーバー',91,112,'E.contain',1.0,NULL,'in_sentence','subject','P.subject','inc-d8296dda4d7f');
INSERT INTO "events" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-e69','inc-dc7f043bdcfb',69,71,'感染','infection','2023-02-01','2023-02-01','2023-02-01','354b70b0a6a269e1-t43','ミナトガワ商会株式会社','tm:f5e1cb5314fd','asserted',NULL,'サーバー',39,83,'E.infection',1.0,NULL,'in_sentence','victim','P.near','inc-dc7f043bdcfb');
INSERT INTO "events" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-e76','inc-dc7f043bdcfb',76,78,'検知','detection','2023-02-01','2023-02-01','2023-02-01','354b70b0a6a269e1-t43','ミナトガワ商会株式会社','tm:f5e1cb5314fd','asserted',NULL,'サーバー',39,83,'E.detect',1.0,NULL,'in_sentence','subject','P.subject','inc-dc7f043bdcfb');
INSERT INTO "events" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-e111','inc-dc7f043bdcfb',111,113,'遮断','containment','2023-02-02','2023-02-02','2023-02-02','354b70b0a6a269e1-t83','ミナトガワ商会株式会社','tm:f5e1cb5314fd','asserted',NULL,'ネットワーク',83,118,'E.contain',1.0,NULL,'in_sentence','subject','P.subject','inc-dc7f043bdcfb');
INSERT INTO "events" VALUES('770ef88a21a38778','770ef88a21a38778-e74','inc-b3bf4883c38b',74,76,'確認','finding',NULL,NULL,NULL,NULL,'株式会社アオバネ精機','tm:5919dda9c479','asserted',NULL,'社内サーバー',46,91,'E.confirm',1.0,NULL,NULL,'subject','P.subject','inc-b3bf4883c38b');
INSERT INTO "events" VALUES('770ef88a21a38778','770ef88a21a38778-e119','inc-b3bf4883c38b',119,125,'不正アクセス','intrusion','2022-05-10','2022-05-10','2022-05-10','770ef88a21a38778-t98','株式会社アオバネ精機','tm:5919dda9c479','asserted',NULL,'社内サーバー',98,132,'E.intrusion',1.0,NULL,'in_sentence','victim','P.near','inc-b3bf4883c38b');
INSERT INTO "events" VALUES('770ef88a21a38778','770ef88a21a38778-e157','inc-b3bf4883c38b',157,159,'検知','detection','2022-05-12','2022-05-12','2022-05-12','770ef88a21a38778-t133','株式会社アオバネ精機','tm:5919dda9c479','asserted',NULL,'社内サーバー',133,164,'E.detect',1.0,NULL,'in_sentence','subject','P.subject','inc-b3bf4883c38b');
INSERT INTO "events" VALUES('770ef88a21a38778','770ef88a21a38778-e194','inc-b3bf4883c38b',194,196,'遮断','containment','2022-05-12','2022-05-12','2022-05-12','770ef88a21a38778-t165','株式会社アオバネ精機','tm:5919dda9c479','asserted',NULL,'ネットワーク',165,201,'E.contain',1.0,NULL,'in_sentence','subject','P.subject','inc-b3bf4883c38b');
INSERT INTO "events" VALUES('770ef88a21a38778','770ef88a21a38778-e210','inc-b3bf4883c38b',210,212,'流出','data_leak',NULL,NULL,NULL,NULL,'株式会社アオバネ精機','tm:5919dda9c479','negated',NULL,NULL,202,224,'E.leak',0.8,'F.not_shown',NULL,'topic',NULL,'inc-b3bf4883c38b');
INSERT INTO "events" VALUES('770ef88a21a38778','770ef88a21a38778-e234','inc-b3bf4883c38b',234,236,'調査','investigation',NULL,NULL,NULL,NULL,'株式会社アオバネ精機','tm:5919dda9c479','planned',NULL,NULL,226,246,'E.invest',0.95,'F.planned',NULL,'subject','P.subject','inc-b3bf4883c38b');
CREATE TABLE "incidents" ("incident_id" TEXT, "title" TEXT, "victim" TEXT, "victim_id" TEXT, "vectors" TEXT, "root_causes" TEXT, "first_intrusion" TEXT, "detection" TEXT, "containment" TEXT, "disclosure" TEXT, "attributed_actor" TEXT, "leaked" TEXT, "possibly_leaked" TEXT, "denied_leak" TEXT, "dwell_days" TEXT, "containment_days" TEXT, "disclosure_days" TEXT, "documents" TEXT, "evidence" TEXT, "related" TEXT, "merged_by" TEXT);
INSERT INTO "incidents" VALUES('inc-dc7f043bdcfb','システム障害に関するお知らせ','ミナトガワ商会株式会社','tm:f5e1cb5314fd','["malware"]','["unknown"]','2023-02-01','2023-02-01','2023-02-02','2023-02-06',NULL,'[]','[]','[]','0','1','5','["354b70b0a6a269e1"]','["vectors malware 61-68 C.malware"]','[]','[]');
INSERT INTO "incidents" VALUES('inc-b3bf4883c38b','サーバーへの不正アクセスについて（第1報）','株式会社アオバネ精機','tm:5919dda9c479','["unknown"]','["unknown"]','2022-05-10','2022-05-12','2022-05-12','2022-05-13',NULL,'[]','[]','[]','2','0','1','["770ef88a21a38778", "cde89ba0dd8b26d8"]','[]','[]','["inc-b3bf4883c38b inc-d8296dda4d7f 7: days 2022-05-10, 2022-05-12"]');
CREATE TABLE "measures" ("doc_id" TEXT, "incident_id" TEXT, "start" INTEGER, "end" INTEGER, "text" TEXT, "phase" TEXT, "status" TEXT, "org" TEXT, "measure_id" TEXT, "card_id" TEXT);
CREATE TABLE "mentions" ("doc_id" TEXT, "mention_id" TEXT, "start" INTEGER, "end" INTEGER, "text" TEXT, "kind" TEXT, "entity" TEXT, "entity_id" TEXT, "rule" TEXT);
INSERT INTO "mentions" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-m0',0,6,'アオバネ精機','name','株式会社アオバネ精機','tm:5919dda9c479','O.group');
INSERT INTO "mentions" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-m15',15,19,'架空日報','name','架空日報','tm:6eca5b5799b3','O.media.news');
INSERT INTO "mentions" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-m21',21,31,'株式会社アオバネ精機','name','株式会社アオバネ精機','tm:5919dda9c479','O.form.company');
INSERT INTO "mentions" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-m59',59,61,'同社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.same.company');
INSERT INTO "mentions" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-m91',91,93,'同社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.same.company');
INSERT INTO "mentions" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-m26',26,37,'ミナトガワ商会株式会社','name','ミナトガワ商会株式会社','tm:f5e1cb5314fd','O.form.company');
INSERT INTO "mentions" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-m39',39,41,'当社','anaphor','ミナトガワ商会株式会社','tm:f5e1cb5314fd','N.self.company');
INSERT INTO "mentions" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-m53',53,55,'当社','anaphor','ミナトガワ商会株式会社','tm:f5e1cb5314fd','N.self.company');
INSERT INTO "mentions" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-m93',93,95,'当社','anaphor','ミナトガワ商会株式会社','tm:f5e1cb5314fd','N.self.company');
INSERT INTO "mentions" VALUES('770ef88a21a38778','770ef88a21a38778-m34',34,44,'株式会社アオバネ精機','name','株式会社アオバネ精機','tm:5919dda9c479','O.form.company');
INSERT INTO "mentions" VALUES('770ef88a21a38778','770ef88a21a38778-m46',46,48,'当社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.self.company');
INSERT INTO "mentions" VALUES('770ef88a21a38778','770ef88a21a38778-m109',109,111,'当社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.self.company');
INSERT INTO "mentions" VALUES('770ef88a21a38778','770ef88a21a38778-m144',144,146,'当社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.self.company');
INSERT INTO "mentions" VALUES('770ef88a21a38778','770ef88a21a38778-m176',176,178,'当社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.self.company');
INSERT INTO "mentions" VALUES('770ef88a21a38778','770ef88a21a38778-m226',226,228,'当社','anaphor','株式会社アオバネ精機','tm:5919dda9c479','N.self.company');
CREATE TABLE "quantities" ("doc_id" TEXT, "quantity_id" TEXT, "start" INTEGER, "end" INTEGER, "text" TEXT, "min" REAL, "max" REAL, "unit" TEXT, "of" TEXT, "data_kind" TEXT, "factuality" TEXT, "event_id" TEXT, "rule" TEXT, "card_id" TEXT, "incident_id" TEXT);
CREATE TABLE "texts" ("doc_id" TEXT, "text" TEXT);
INSERT INTO "texts" VALUES('cde89ba0dd8b26d8','アオバネ精機に不正アクセス

架空日報

株式会社アオバネ精機は13日、社内サーバーが不正アクセスを受けたと発表した。同社によると、5月10日に侵入され、5月12日に異常を検知した。同社は5月12日に当該サーバーを遮断した。
');
INSERT INTO "texts" VALUES('354b70b0a6a269e1','システム障害に関するお知らせ

2023年2月6日
ミナトガワ商会株式会社

当社は、2023年2月1日に当社のサーバーがランサムウェアに感染したことを検知しました。2023年2月2日、当社は当該サーバーをネットワークから遮断しました。
');
INSERT INTO "texts" VALUES('770ef88a21a38778','サーバーへの不正アクセスについて（第1報）

2022年5月13日
株式会社アオバネ精機

当社は、社内サーバーが外部から不正アクセスを受けたことを確認しましたので、お知らせします。

1．経緯
2022年5月10日、当社の社内サーバーに不正アクセスがありました。
2022年5月12日、当社は社内サーバーの異常を検知しました。
2022年5月12日、当社は当該サーバーをネットワークから遮断しました。
現時点で、情報の流出は確認されておりません。

当社では引き続き調査を進めてまいります。
');
CREATE TABLE "timexes" ("doc_id" TEXT, "timex_id" TEXT, "start" INTEGER, "end" INTEGER, "text" TEXT, "type" TEXT, "value" TEXT, "value_raw" TEXT, "mod" TEXT, "anchor" TEXT, "anchor_id" TEXT, "rule" TEXT);
INSERT INTO "timexes" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-t32',32,35,'13日','DATE','XXXX-XX-13','XXXX-XX-13',NULL,'none',NULL,'T.day');
INSERT INTO "timexes" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-t66',66,71,'5月10日','DATE','2022-05-10','XXXX-05-10',NULL,'linked_document','770ef88a21a38778-t98','T.month_day');
INSERT INTO "timexes" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-t77',77,82,'5月12日','DATE','2022-05-12','XXXX-05-12',NULL,'linked_document','770ef88a21a38778-t133','T.month_day');
INSERT INTO "timexes" VALUES('cde89ba0dd8b26d8','cde89ba0dd8b26d8-t94',94,99,'5月12日','DATE','2022-05-12','XXXX-05-12',NULL,'linked_document','770ef88a21a38778-t133','T.month_day');
INSERT INTO "timexes" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-t16',16,25,'2023年2月6日','DATE','2023-02-06','2023-02-06',NULL,'explicit',NULL,'T.year_month_day');
INSERT INTO "timexes" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-t43',43,52,'2023年2月1日','DATE','2023-02-01','2023-02-01',NULL,'explicit',NULL,'T.year_month_day');
INSERT INTO "timexes" VALUES('354b70b0a6a269e1','354b70b0a6a269e1-t83',83,92,'2023年2月2日','DATE','2023-02-02','2023-02-02',NULL,'explicit',NULL,'T.year_month_day');
INSERT INTO "timexes" VALUES('770ef88a21a38778','770ef88a21a38778-t23',23,33,'2022年5月13日','DATE','2022-05-13','2022-05-13',NULL,'explicit',NULL,'T.year_month_day');
INSERT INTO "timexes" VALUES('770ef88a21a38778','770ef88a21a38778-t98',98,108,'2022年5月10日','DATE','2022-05-10','2022-05-10',NULL,'explicit',NULL,'T.year_month_day');
INSERT INTO "timexes" VALUES('770ef88a21a38778','770ef88a21a38778-t133',133,143,'2022年5月12日','DATE','2022-05-12','2022-05-12',NULL,'explicit',NULL,'T.year_month_day');
INSERT INTO "timexes" VALUES('770ef88a21a38778','770ef88a21a38778-t165',165,175,'2022年5月12日','DATE','2022-05-12','2022-05-12',NULL,'explicit',NULL,'T.year_month_day');
CREATE INDEX "documents_doc_id" ON "documents" ("doc_id");
CREATE INDEX "timexes_doc_id" ON "timexes" ("doc_id");
CREATE INDEX "events_doc_id" ON "events" ("doc_id");
CREATE INDEX "mentions_doc_id" ON "mentions" ("doc_id");
CREATE INDEX "entities_entity_id" ON "entities" ("entity_id");
CREATE INDEX "quantities_doc_id" ON "quantities" ("doc_id");
CREATE INDEX "citations_doc_id" ON "citations" ("doc_id");
CREATE INDEX "incidents_incident_id" ON "incidents" ("incident_id");
CREATE INDEX "cards_doc_id" ON "cards" ("doc_id");
CREATE INDEX "conflicts_doc_a" ON "conflicts" ("doc_a");
CREATE INDEX "measures_doc_id" ON "measures" ("doc_id");
CREATE INDEX "texts_doc_id" ON "texts" ("doc_id");
CREATE INDEX "blocks_doc_id" ON "blocks" ("doc_id");
CREATE INDEX "account_names_doc_id" ON "account_names" ("doc_id");
CREATE INDEX "cards_card_id" ON "cards" ("card_id");
CREATE INDEX "cards_incident_id" ON "cards" ("incident_id");
CREATE INDEX "conflicts_incident_id" ON "conflicts" ("incident_id");
COMMIT;
