#include "server/admin/demo/name_tables.hpp"

#include <array>

namespace ruhu::demo {
namespace {

using Names = std::string_view;

constexpr auto kLocalSurnames = std::to_array<Surname>({
    {"陈", 120}, {"林", 100}, {"黄", 92}, {"吴", 72}, {"蔡", 70}, {"王", 66}, {"许", 62}, {"李", 56}, {"张", 54},
    {"庄", 48},  {"洪", 46},  {"郑", 44}, {"苏", 40}, {"曾", 38}, {"施", 38}, {"杨", 36}, {"郭", 30}, {"颜", 28},
    {"谢", 26},  {"柯", 25},  {"丁", 24}, {"刘", 24}, {"叶", 22}, {"何", 20}, {"吕", 18}, {"尤", 17}, {"赖", 16},
    {"潘", 15},  {"周", 15},  {"傅", 13}, {"姚", 12}, {"赵", 12}, {"邱", 12}, {"卢", 11}, {"高", 11}, {"朱", 10},
    {"侯", 9},   {"留", 8},   {"粘", 7},  {"龚", 7},  {"詹", 7},  {"连", 6},  {"倪", 5},  {"萧", 5},  {"佘", 4},
    {"欧阳", 3}, {"上官", 3}, {"蒲", 2},  {"逄", 1},  {"昝", 1},
});

constexpr auto kNationalSurnames = std::to_array<Surname>({
    {"王", 100}, {"李", 98},  {"张", 92},  {"刘", 72},  {"陈", 60}, {"杨", 46}, {"黄", 33}, {"赵", 32}, {"周", 30},
    {"吴", 29},  {"徐", 26},  {"孙", 24},  {"胡", 20},  {"朱", 20}, {"高", 18}, {"何", 18}, {"郭", 17}, {"马", 17},
    {"罗", 16},  {"梁", 14},  {"宋", 13},  {"郑", 13},  {"谢", 12}, {"韩", 12}, {"唐", 12}, {"冯", 11}, {"于", 10},
    {"董", 10},  {"程", 9},   {"曹", 9},   {"袁", 9},   {"邓", 9},  {"傅", 8},  {"沈", 8},  {"彭", 8},  {"吕", 7},
    {"卢", 7},   {"蒋", 7},   {"贾", 7},   {"丁", 6},   {"魏", 6},  {"薛", 6},  {"阎", 5},  {"余", 5},  {"潘", 5},
    {"杜", 5},   {"戴", 5},   {"夏", 5},   {"钟", 5},   {"汪", 5},  {"田", 5},  {"任", 5},  {"姜", 4},  {"范", 4},
    {"石", 4},   {"姚", 4},   {"谭", 4},   {"廖", 4},   {"邹", 4},  {"熊", 4},  {"秦", 3},  {"龙", 3},  {"向", 3},
    {"覃", 3},   {"司马", 1}, {"诸葛", 1}, {"尉迟", 1}, {"仉", 1},
});

constexpr auto kMen = std::to_array<NameFashion>({
    {2012, 180, U"浩宇子俊梓沐一奕晨睿嘉宸泽思承煜君鸿书景逸亦辰瑾昊允知星翊",
     U"轩宇泽涵辰然睿宸阳航霖铭博熙哲恒远凡诚安煊屿桐川朗逸言"},
    {1995, 220, U"志俊文浩伟家嘉建明子鸿晓泽振毅宇凯佳鑫少钰锦翔冠炜柏",
     U"杰豪龙鑫辉斌鹏涛凯强伟峰宏煌荣源彬超林坤祥阳烨铭滨毅"},
    {1980, 300, U"志建文伟国晓永明海小少清世庆鸿金荣剑华振宏春天荣福长",
     U"强伟辉勇斌军峰明平华林杰鹏龙阳坤煌聪团生财宏忠法雄波"},
    {1962, 160, U"建国志文清荣永金明天庆世振海福火长春德水成进家良少炳",
     U"国华明平军生清辉泉忠坤水山福成林兴祥荣发木伟来财土聪"},
    {0, 60, U"金水天文清德世永长火福荣炳春大国志成庆木桂阿树乌祖玉锡",
     U"水木土生福成发来泉山财清德荣才根树旺林祥英坤炉治坪恭"},
});

constexpr auto kWomen = std::to_array<NameFashion>({
    {2012, 160, U"欣雨梓诗思佳语若一可紫依子雅沐芷婉妍清安艺芯忆念知禾",
     U"怡涵萱妍彤琪瑶萌桐晴宁诺汐悦涵菲恩雯馨颖熙柔曦茉玥"},
    {1995, 190, U"雅婉佳晓思小嘉雪诗静慧燕艺莹梦婷淑晨琳美依欣月巧",
     U"婷玲萍瑜敏颖琪雯娟莹君蓉霞燕琳瑶芳欣娜虹静妮楠媛"},
    {1980, 330, U"丽晓美小秀海燕雅淑志惠春碧金玉婉雪清红月彩明琼巧",
     U"玲萍芳燕娟霞琴红梅丽敏英清华云珍香芬真治婷珠端妹"},
    {1962, 170, U"秀丽美淑玉金碧月素春惠爱瑞雪彩琼红清桂宝珠锦翠梅",
     U"英华珍琴芳兰玉珠香治梅卿云霞美花真端枝莲月缎玲恋"},
    {0, 120, U"秀玉金月珠美淑宝彩乌春素桂阿素花英清番罔碧锦莲珍", U"治英花珠缎枝兰梅香月娥玉莲珍恋秀桃银丝扁乖束凤腰"},
});

constexpr std::u32string_view kRare = U"𠅤𡐓𣒍𫍯𬱖𫖮𬀩𬭚𬸚䶮㛃堃喆淼犇翀婳翯";

constexpr auto kUygurMen =
    std::to_array<Names>({"买买提", "阿卜力孜", "艾合买提", "吐尔逊", "麦麦提明", "亚森", "努尔兰", "玉素甫"});
constexpr auto kUygurWomen =
    std::to_array<Names>({"阿依古丽", "古丽娜尔", "热依汗", "帕提古丽", "迪丽努尔", "阿米娜", "祖丽皮亚"});
constexpr auto kKazakMen = std::to_array<Names>({"叶尔兰", "巴合提", "木拉提", "哈力克", "赛力克"});
constexpr auto kKazakWomen = std::to_array<Names>({"古丽扎提", "阿依努尔", "萨吾列", "加娜尔"});
constexpr auto kZangMen = std::to_array<Names>({"扎西次仁", "多吉", "旦增罗布", "格桑平措", "洛桑"});
constexpr auto kZangWomen = std::to_array<Names>({"卓玛", "德吉央宗", "白玛", "次仁拉姆", "仓央卓嘎"});
constexpr auto kYiClans = std::to_array<Names>({"吉克", "阿约", "沙马", "曲比", "俄木", "海来"});
constexpr auto kYiMen = std::to_array<Names>({"木呷", "尔布", "拉哈", "伍果", "日黑", "尔古", "木乃"});
constexpr auto kYiWomen = std::to_array<Names>({"阿依", "伍呷", "阿枝", "史外", "尔洗", "木果", "阿呷"});

constexpr auto kOther = std::to_array<OtherNames>({
    {"05", {}, kUygurMen, kUygurWomen, true, "653121", "新疆维吾尔自治区疏附县白杨镇三村"},
    {"17", {}, kKazakMen, kKazakWomen, true, "654002", "新疆维吾尔自治区伊宁市河岸乡二村"},
    {"04", {}, kZangMen, kZangWomen, false, "540102", "西藏自治区拉萨市城关区柳林路9号"},
    {"07", kYiClans, kYiMen, kYiWomen, false, "513431", "四川省昭觉县红岩乡一村"},
});

constexpr auto kOverseasMen =
    std::to_array<Names>({"陳志豪", "林國棟", "蔡鴻儒", "施榮輝", "何塞·桑托斯", "安德烈·利姆", "黃錦濤"});
constexpr auto kOverseasWomen =
    std::to_array<Names>({"許麗華", "吳淑貞", "玛丽亚·克鲁斯", "安琪拉·陈", "蔡寶珠", "黎氏秋香"});

}  // namespace

std::span<const Surname> local_surnames() { return kLocalSurnames; }
std::span<const Surname> national_surnames() { return kNationalSurnames; }
std::span<const NameFashion> mens_fashions() { return kMen; }
std::span<const NameFashion> womens_fashions() { return kWomen; }
std::u32string_view rare_characters() { return kRare; }
std::span<const OtherNames> other_names() { return kOther; }
std::span<const std::string_view> overseas_men() { return kOverseasMen; }
std::span<const std::string_view> overseas_women() { return kOverseasWomen; }

}  // namespace ruhu::demo
