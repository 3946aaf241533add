// The table editor of the admin (Handsontable) knows no Thai: its menu gets the words here.
(() => {
  const languages = window.Handsontable?.languages;
  if (!languages) return;
  const key = languages.dictionaryKeys;
  languages.registerLanguageDictionary({
    languageCode: "th",
    [key.CONTEXTMENU_ITEMS_ROW_ABOVE]: "แทรกแถวด้านบน",
    [key.CONTEXTMENU_ITEMS_ROW_BELOW]: "แทรกแถวด้านล่าง",
    [key.CONTEXTMENU_ITEMS_INSERT_LEFT]: "แทรกคอลัมน์ด้านซ้าย",
    [key.CONTEXTMENU_ITEMS_INSERT_RIGHT]: "แทรกคอลัมน์ด้านขวา",
    [key.CONTEXTMENU_ITEMS_REMOVE_ROW]: ["ลบแถว", "ลบแถวที่เลือก"],
    [key.CONTEXTMENU_ITEMS_REMOVE_COLUMN]: ["ลบคอลัมน์", "ลบคอลัมน์ที่เลือก"],
    [key.CONTEXTMENU_ITEMS_UNDO]: "เลิกทำ",
    [key.CONTEXTMENU_ITEMS_REDO]: "ทำซ้ำ",
    [key.CONTEXTMENU_ITEMS_NO_ITEMS]: "ไม่มีรายการ",
  });
})();
